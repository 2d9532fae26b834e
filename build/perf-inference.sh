#!/usr/bin/env bash
# perf-inference.sh [WORKLOAD,…] [SECONDS]: measure the InferenceServer as a process of its own, over loopback gRPC, beside the same
# networks in this process and, where it is installed, in PyTorch.
# Without a workload all of them run, and perf/results/perf-inference.jsonl is written; a part prints only.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

only=${1:-}
seconds=${2:-}

build_quietly src/InferenceServer/KpGrpc.InferenceServer.csproj
build_quietly perf/InferenceLoad/KpGrpc.InferenceLoad.csproj

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

output=perf/results/perf-inference.jsonl
[[ -z "$only" ]] || output=
peer=perf/peers/pytorch/measure.sh
[[ -f "$peer" ]] || peer=
# In the background, so that a signal ends the wait and cleans up.
artifacts/bin/KpGrpc.InferenceLoad/release/KpGrpc.InferenceLoad \
  "--server=$PWD/artifacts/bin/KpGrpc.InferenceServer/release/KpGrpc.InferenceServer" \
  "--folder=$folder" "--only=$only" "--seconds=$seconds" "--output=$output" \
  "--texts=${KP_DATA_DIR:-../shared/data}/cluener/dev.jsonl" "--peer=$peer" &
load=$!
status=0
wait "$load" || status=$?
load=
exit "$status"
