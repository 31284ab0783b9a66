-- Builds of read models: at most one a fold is being made, one is live, and those whose place was taken go soon after.
-- A build whose rows are in its tables has its readers' positions; one without is still being folded in memory.
alter table build add column state text;
update build set state = case when live then 'live' else 'old' end;
alter table build
    alter column state set not null,
    add constraint build_state check (state in ('building', 'live', 'old')),
    add column begun_at timestamptz not null default now(),
    add column moved_at timestamptz not null default now(), -- when its state or progress changed last
    add column done bigint not null default 0,   -- events read into it
    add column total bigint not null default 0,  -- of those that there were when it was begun; 0: not known
    drop column live;
create unique index build_live on build (fold) where state = 'live';
create unique index build_building on build (fold) where state = 'building';
