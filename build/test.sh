#!/usr/bin/env bash
# test.sh all|unit [PROJECT]: tidy tests, then unit tests, then functional tests; a stage that fails is the last.
# Test projects are executables (xunit.v3) and are started as such: no adapter or host process stands between them and the result.
# The last line of output is "N passed, N failed, N skipped"; the exit status is 0 only when nothing failed.
# KP_TEST_TIMEOUT_S bounds each project (default 1200, functional tests three times that).
set -euo pipefail
source "$(dirname "$0")/environment.sh"

scope=$1
only=${2:-}
timeout_s=${KP_TEST_TIMEOUT_S:-1200}
results=artifacts/test-results
failures=() # what went wrong outside of any test
runner=

rm -rf "$results"
mkdir -p "$results"
trap '[[ -z "$runner" ]] || kill "$runner" 2> /dev/null; exit 130' INT TERM

# run_project FOLDER LIMIT_S: run one built test project; a failure returns 1.
run_project() {
  local name limit_s=$2 result status=0 binary
  name=$(basename "$1")
  result=$results/$name.xml
  binary=artifacts/bin/KpGrpc.$name/release/KpGrpc.$name.dll
  say "== $name"
  timeout --kill-after=30 "$limit_s" dotnet "$binary" -noLogo -noColor -noAutoReporters -reporter quiet -result-xml "$result" < /dev/null &
  runner=$!
  wait "$runner" || status=$?
  runner=
  if ((status == 124 || status == 137)); then
    failures+=("$name: stopped after $limit_s s")
  elif [[ ! -s "$result" ]]; then
    failures+=("$name: the runner ended with status $status and without a result")
  elif ! grep -q '<test ' "$result"; then
    failures+=("$name: it ran no tests")
  elif ((status != 0)) && awk -f build/test-report.awk "$result" | grep -q '^total [0-9]* 0 '; then
    failures+=("$name: the runner ended with status $status although no test failed")
  else
    return "$((status != 0))"
  fi
  return 1
}

# run_stage LIMIT_S FOLDER…: build and run the projects, all of them.
run_stage() {
  local limit_s=$1 folder status=0
  shift
  for folder in "$@"; do
    run_project "$folder" "$limit_s" || status=1
  done
  return "$status"
}

build_or_fail() {
  build_quietly "$1" && return 0
  failures+=("$1: it does not build")
  return 1
}

unit_projects() {
  local project name
  for project in tests/*.Tests/*.csproj; do
    name=$(basename "$(dirname "$project")")
    if [[ "$name" != Functional.Tests && "$name" != Repository.Tests ]]; then
      dirname "$project"
    fi
  done
}

run_all() {
  local units functional=tests/Functional.Tests
  if [[ -n "$only" ]]; then
    build_or_fail "tests/$only.Tests" || return 1
    run_stage "$timeout_s" "tests/$only.Tests"
    return
  fi

  build_or_fail tests/Repository.Tests || return 1
  run_stage "$timeout_s" tests/Repository.Tests || return 1
  [[ "$scope" != all ]] || build/setup-test-parts.sh
  build_or_fail KpGrpc.sln || return 1
  mapfile -t units < <(unit_projects)
  run_stage "$timeout_s" "${units[@]}" || return 1
  if [[ "$scope" == all && -d "$functional" ]]; then
    run_stage "$((3 * timeout_s))" "$functional"
  fi
}

# report: what failed and what was skipped, then the one line that counts.
report() {
  local passed=0 failed=0 skipped=0 line
  local -a files
  shopt -s nullglob
  files=("$results"/*.xml)
  if ((${#files[@]} > 0)); then
    while IFS= read -r line; do
      if [[ "$line" == total\ * ]]; then
        read -r _ passed failed skipped <<< "$line"
      else
        say "$line"
      fi
    done < <(awk -f build/test-report.awk "${files[@]}" | sort)
  fi
  for line in ${failures[@]+"${failures[@]}"}; do
    say "  failed:  $line"
  done
  failed=$((failed + ${#failures[@]}))
  say "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0))
}

stopped=0
run_all || stopped=1
report || exit 1
exit "$stopped"
