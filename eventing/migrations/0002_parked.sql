-- What a reader has set aside (invariant 6): the streams whose event it can't apply, and what waits behind that event.
create table parked (
    reader text not null,
    source text not null,
    stream text not null,
    sequence bigint not null, -- of the event that fails
    error text not null,      -- its error's type; never the message, which may quote data
    since timestamptz not null default now(),
    wish text check (wish in ('retry', 'discard')), -- an operator's; the reader that holds the lease carries it out
    reason text,
    wished_by text,
    primary key (reader, source, stream)
);

-- The events of parked streams, the failing one first.
create table waiting (
    reader text not null,
    source text not null,
    stream text not null,
    sequence bigint not null,
    text bytea not null, -- exactly as sealed: a broken one may not be UTF-8
    primary key (reader, source, stream, sequence)
);

-- Which events an operator gave up, why and when; their text stays in the log.
create table discarded (
    reader text not null,
    source text not null,
    stream text not null,
    sequence bigint not null, -- of bytes that were no event: their offset in the topic
    error text not null,
    reason text not null,
    discarded_by text not null,
    at timestamptz not null default now()
);

-- Bytes of the topic that are no event: the first of them are kept, all are counted (in `position`).
create table unreadable (
    reader text not null,
    source text not null,
    at_offset bigint not null,
    size integer not null,
    bytes bytea not null, -- the first 64 KB
    since timestamptz not null default now(),
    primary key (reader, source, at_offset)
);

-- Events of types that this code doesn't know: replayed when it does.
create table unknown_event (
    reader text not null,
    source text not null,
    type text not null,
    sequence bigint not null,
    since timestamptz not null default now(),
    primary key (reader, source, type, sequence)
);

-- `parkings` counts the changes of what is parked: who moves the position has seen the last one.
alter table position
    add column parkings bigint not null default 0,
    add column unreadable bigint not null default 0,
    add column unreadable_upto bigint not null default -1;
