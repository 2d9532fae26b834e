#!/usr/bin/env bash
# measure.sh SECONDS [ACCOUNTS]: starts PostgreSQL 15 on a temporary folder, makes transfers with 8, 16 and 32 clients, stops it.
# Prints a line a run: DISTRIBUTION CLIENTS TRANSFERS_PER_SECOND AVERAGE_MS. Exit status 3 where PostgreSQL 15 is not installed.
set -euo pipefail

seconds=${1:?seconds of one run}
accounts=${2:-100000}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}

if [[ ! -x "$bin/pgbench" || ! -x "$bin/initdb" ]]; then
  echo "PostgreSQL 15 is not installed in $bin: apt-get install postgresql-15 (its own service need not run)" >&2
  exit 3
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/kp-postgres-XXXXXX")
data=$folder/data

# PostgreSQL refuses to run as root.
as_owner=()
if ((EUID == 0)); then
  chown postgres "$folder"
  as_owner=(runuser -u postgres --)
fi

run() { (cd "$folder" && "${as_owner[@]}" "$@"); }

cleanup() {
  run "$bin/pg_ctl" -D "$data" -m immediate -w stop > /dev/null 2>&1 || true
  rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

run "$bin/initdb" -D "$data" -U bench -A trust --no-instructions -E UTF8 --locale=C > /dev/null
cat >> "$data/postgresql.conf" << CONF
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 64
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = minimal
max_wal_senders = 0
wal_buffers = 64MB
max_wal_size = 16GB
checkpoint_timeout = 30min
shared_buffers = 2GB
jit = off
logging_collector = off
log_min_messages = error
CONF
run "$bin/pg_ctl" -D "$data" -l "$folder/log" -w start > /dev/null
psql=("$bin/psql" -h "$folder" -U bench -d postgres -X -q -v ON_ERROR_STOP=1)
run "${psql[@]}" -v "accounts=$accounts" < "$here/schema.sql"
run "${psql[@]}" -c "VACUUM ANALYZE accounts" -c "CHECKPOINT"

for distribution in zipf uniform; do
  cp "$here/$distribution.pgbench" "$folder/script"
  chmod a+r "$folder/script"
  for clients in 8 16 32; do
    report=$(run "$bin/pgbench" -h "$folder" -U bench -n -M prepared -c "$clients" -j 2 -T "$seconds" -D "accounts=$accounts" -f "$folder/script" postgres 2>&1) \
      || { echo "$report" >&2; exit 1; }
    awk -v d="$distribution" -v c="$clients" '
      /^tps/ { tps = $3 }
      /^latency average/ { latency = $4 }
      /^number of failed transactions/ && $5 != 0 { failed = 1 }
      END { if (failed || tps == "") exit 1; print d, c, tps, latency }' <<< "$report"
  done
done

# The books must balance, or the figures above are worth nothing.
sums=$(run "${psql[@]}" -A -t -c "SELECT sum(debits) = sum(credits) AND sum(debits) = (SELECT coalesce(sum(amount), 0) FROM transfers) FROM accounts")
[[ "$sums" == t ]] || { echo "debits and credits differ" >&2; exit 1; }
