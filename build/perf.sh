#!/usr/bin/env bash
# perf.sh ledger|inference [WORKLOAD,…] [SECONDS]: measure a server as a process of its own, over loopback gRPC, beside its peers.
# Without a workload all of them run, and perf/results/perf-….jsonl is written; a part prints only.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

name=${1:?ledger or inference}
only=${2:-}
seconds=${3:-}

case "$name" in
  ledger)
    server=LedgerServer harness=LoadTest
    peers=("--peer=perf/peers/postgres/measure.sh")
    ;;
  inference)
    server=InferenceServer harness=InferenceLoad
    peers=("--texts=${KP_DATA_DIR:-../shared/data}/cluener/dev.jsonl" "--peer=perf/peers/pytorch/measure.sh")
    ;;
  *)
    say "perf.sh: there is no $name; ledger or inference"
    exit 2
    ;;
esac

build_quietly "src/$server/KpGrpc.$server.csproj"
build_quietly "perf/$harness/KpGrpc.$harness.csproj"

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

output=perf/results/perf-$name.jsonl
[[ -z "$only" ]] || output=
# In the background, so that a signal ends the wait and cleans up.
"artifacts/bin/KpGrpc.$harness/release/KpGrpc.$harness" \
  "--server=$PWD/artifacts/bin/KpGrpc.$server/release/KpGrpc.$server" \
  "--folder=$folder" "--only=$only" "--seconds=$seconds" "--output=$output" "${peers[@]}" &
load=$!
status=0
wait "$load" || status=$?
load=
exit "$status"
