#!/usr/bin/env bash
# Rewrite C# and contract files in the house format.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

dotnet format KpGrpc.sln --verbosity quiet --exclude third_party/ artifacts/
if install_buf; then
  buf format -w protos
else
  say "skipped: buf format (npm is missing or could not install build/tools; see artifacts/npm.log)"
fi
