#!/usr/bin/env bash
# perf-ledger.sh [WORKLOAD,…] [SECONDS]: measure the LedgerServer as a process of its own, over loopback gRPC, beside PostgreSQL 15.
# Without a workload all of them run, and perf/results/perf-ledger.jsonl is written; a part prints only.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

only=${1:-}
seconds=${2:-}

build_quietly src/LedgerServer/KpGrpc.LedgerServer.csproj
build_quietly perf/LoadTest/KpGrpc.LoadTest.csproj

folder=$(mktemp -d "${TMPDIR:-/tmp}/kp-perf-XXXXXX")
load=
cleanup() {
  if [[ -n "$load" ]]; then
    kill -TERM "$load" 2> /dev/null || true
    wait "$load" 2> /dev/null || true
  fi
  rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

output=perf/results/perf-ledger.jsonl
[[ -z "$only" ]] || output=
# In the background, so that a signal ends the wait and cleans up.
artifacts/bin/KpGrpc.LoadTest/release/KpGrpc.LoadTest \
  "--server=$PWD/artifacts/bin/KpGrpc.LedgerServer/release/KpGrpc.LedgerServer" \
  "--folder=$folder" "--only=$only" "--seconds=$seconds" "--output=$output" \
  "--peer=perf/peers/postgres/measure.sh" &
load=$!
status=0
wait "$load" || status=$?
load=
exit "$status"
