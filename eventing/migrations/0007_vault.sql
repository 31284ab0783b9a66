-- What may not leave the service, encrypted; the only table that can't be made again from the log.
create table vault (
    entry text not null,
    name text not null,
    content bytea not null,
    mark bytea constraint vault_mark unique, -- keyed: tells that two are the same, not what they are
    pos bigint, -- the last event of the decision that kept it
    primary key (entry, name)
);
