-- A new epoch begins where a log goes on after its tail was lost for good: what lay above `after` doesn't count any more.
create table epoch (
    number integer primary key,
    after bigint not null,
    hash text not null,
    reason text not null,
    at timestamptz not null default now()
);
alter table log add column epoch integer not null default 0;
-- `restored_at` is set by a restore, until somebody outside has confirmed that nothing is missing.
alter table head add column epoch integer not null default 0, add column restored_at timestamptz;
-- The epoch that a reader follows, and the sequence after which it begins.
alter table position
    add column epoch integer not null default 0,
    add column epoch_after bigint not null default 0;

-- Events that were decided on a log without its tail, and whose places the recovered tail took.
create table set_aside (
    pos bigint primary key,
    stream text not null,
    version integer not null,
    id uuid not null,
    tail text not null,
    at timestamptz not null default now()
);
