-- Business time where it is played, for a service in processes of its own; no row where it is the machine's.
create table played_clock (
    one boolean primary key default true check (one),
    at timestamptz not null
);

-- How far each process of the service has followed it.
create table clock_follower (
    process uuid primary key,
    at timestamptz not null,
    seen_at timestamptz not null default now()
);
