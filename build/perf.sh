#!/usr/bin/env bash
# perf.sh ledger|inference|gateway|chaos [WORKLOAD,…] [SECONDS]: measure servers as processes of their own, over loopback gRPC, beside its peers.
# Without a workload all of them run, and perf/results/perf-….jsonl is written; a part prints only.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

name=${1:?ledger, inference, gateway or chaos}
only=${2:-}
seconds=${3:-}

output=perf/results/perf-$name.jsonl
[[ -z "$only" ]] || output=

case "$name" in
  ledger)
    servers=(LedgerServer) harness=LoadTest
    arguments=("--server=$PWD/artifacts/bin/KpGrpc.LedgerServer/release/KpGrpc.LedgerServer" "--peer=perf/peers/postgres/measure.sh")
    ;;
  inference)
    servers=(InferenceServer) harness=InferenceLoad
    arguments=("--server=$PWD/artifacts/bin/KpGrpc.InferenceServer/release/KpGrpc.InferenceServer"
      "--texts=${KP_DATA_DIR:-../shared/data}/cluener/dev.jsonl" "--peer=perf/peers/pytorch/measure.sh")
    ;;
  gateway)
    servers=(LedgerServer InferenceServer Gateway) harness=GatewayLoad
    arguments=("--servers=$PWD/artifacts/bin")
    ;;
  chaos)
    servers=(LedgerServer InferenceServer Gateway) harness=GatewayLoad
    arguments=("--servers=$PWD/artifacts/bin")
    only=chaos output=perf/results/chaos.jsonl
    ;;
  *)
    say "perf.sh: there is no $name; ledger, inference, gateway or chaos"
    exit 2
    ;;
esac

for server in "${servers[@]}"; do
  build_quietly "src/$server/KpGrpc.$server.csproj"
done
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

# In the background, so that a signal ends the wait and cleans up.
"artifacts/bin/KpGrpc.$harness/release/KpGrpc.$harness" \
  "--folder=$folder" "--only=$only" "--seconds=$seconds" "--output=$output" "${arguments[@]}" &
load=$!
status=0
wait "$load" || status=$?
load=
exit "$status"
