-- Events as they were decided. `tail` is the CloudEvent's text from specversion to the end of data.
create table event (
    pos bigint generated always as identity (cache 1) primary key,
    stream text not null,
    version integer not null,
    id uuid not null constraint event_id unique,
    tail text not null,
    constraint event_stream_version unique (stream, version)
);

-- What the relay has still to seal. Filled by the append's own insert, so that a late commit can't be missed.
create table unsealed (pos bigint primary key) with (
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_insert_threshold = -1
);

-- The sealed order. The text of an event is made from these and its tail.
create table log (
    sequence bigint primary key,
    pos bigint not null unique,
    hash text not null
);

-- One row: how far the log is sealed and how far the topic has acknowledged it.
create table head (
    source text primary key,
    sequence bigint not null default 0,
    hash text not null default repeat('0', 64),
    published bigint not null default 0
);

-- First answers, kept 90 days: a repeated command gets the same one.
create table answer (
    actor text not null,
    key text not null,
    fingerprint text not null,
    body text not null,
    pos bigint,
    at timestamptz not null default now(),
    constraint answer_key primary key (actor, key)
);
create index answer_at on answer (at);

-- Clocks that run: rule and start are the truth, the due day is derived from them.
create table deadline (
    name text not null,
    subject text not null,
    started_on date not null,
    due_on date not null,
    due_at timestamptz not null,
    provisional boolean not null,
    correlation text not null,
    primary key (name, subject)
);
create index deadline_due_at on deadline (due_at);

-- How far each reader has come in each source, and what the event there hashed to.
create table position (
    reader text not null,
    source text not null,
    sequence bigint not null default 0,
    hash text not null default repeat('0', 64),
    hint bigint not null default 0, -- Kafka offset to start from; never trusted
    event_time timestamptz,
    moved_at timestamptz not null default now(),
    primary key (reader, source)
);

-- Builds of read models; one a fold is live.
create table build (
    fold text not null,
    id integer not null,
    fingerprint text not null,
    live boolean not null,
    primary key (fold, id)
);
create unique index build_live on build (fold) where live;

-- What came of a policy's or a deadline's command.
create table reaction (
    cause text not null, -- the policy or deadline
    key text not null,   -- the event or the due day it reacted to
    command text not null,
    outcome text not null, -- done, or the code of the refusal
    at timestamptz not null default now(),
    primary key (cause, key, command)
);
