#!/usr/bin/env bash
# Compare the contract with that of the last release: a released field is never renumbered, retyped or removed.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

tag=$(git describe --tags --abbrev=0 --match 'v*' 2> /dev/null || true)
if [[ -z "$tag" ]]; then
  say "skipped: buf breaking (there is no release tag v* to compare with)"
elif ! install_buf; then
  say "skipped: buf breaking (npm is missing or could not install build/tools; see artifacts/npm.log)"
else
  # A worktree's .git is a file; the common folder is what holds the tag.
  buf breaking --against "$(git rev-parse --git-common-dir)#tag=$tag"
  say "ok: buf breaking against $tag"
fi
