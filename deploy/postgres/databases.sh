#!/usr/bin/env bash
# A database and a role of the same name for each of $DATABASES, with the password $<NAME>_PASSWORD; each role may enter only
# its own. May be run again: what is there stays, and gets the password that is said now. The server: $PGHOST, $PGPASSWORD.
set -euo pipefail

sql() { psql -X -q -v ON_ERROR_STOP=1 -U postgres -d postgres "$@"; }

sql <<<'revoke connect, temporary on database postgres, template1 from public'
for name in $DATABASES; do
  variable=${name^^}_PASSWORD
  # By a pipe, not as an argument: arguments are seen by whoever lists processes.
  { printf '\\set password %s\n' "${!variable:?}"; cat; } <<'SQL' | sql -v name="$name"
select format('create role %I', :'name') where not exists (select from pg_roles where rolname = :'name') \gexec
select format('alter role %I login password %L', :'name', :'password') \gexec
select format('create database %I owner %I', :'name', :'name')
where not exists (select from pg_database where datname = :'name') \gexec
select format('revoke connect, temporary on database %I from public', :'name') \gexec
SQL
done
