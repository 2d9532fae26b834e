#!/usr/bin/env bash
# Every check that needs no test run. All of them run, so that one look shows all faults.
# Code style itself (EnforceCodeStyleInBuild) is checked by the build, whose output `make test` uses again.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

failed=0

check() {
  local name=$1
  shift
  if quietly "$@"; then
    say "ok: $name"
  else
    say "FAILED: $name"
    failed=1
  fi
}

check "whitespace (make format repairs it)" \
  dotnet format whitespace . --folder --verify-no-changes --exclude artifacts/ third_party/ node_modules/

if has shellcheck; then
  check "shellcheck" shellcheck -x .ci/run build/*.sh
else
  say "skipped: shellcheck (not installed)"
fi

if install_buf; then
  check "buf lint" buf lint
  check "buf format (make format repairs it)" buf format --diff --exit-code protos
else
  say "skipped: buf lint (npm is missing or could not install build/tools; see artifacts/npm.log)"
fi
build/proto-breaking.sh || failed=1

check "build without warnings" build_quietly KpGrpc.sln

exit "$failed"
