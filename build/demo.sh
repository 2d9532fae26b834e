#!/usr/bin/env bash
# demo.sh demo|run: build what the demo starts, then start it. Its exit status is the demo's.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

# The Gateway works without its page, and says at / how to build it.
build/console.sh || true

say "Building (the first time also downloads packages, which takes minutes) …"
build_quietly src/Demo/KpGrpc.Demo.csproj
exec dotnet run --project src/Demo/KpGrpc.Demo.csproj -c Release --no-build -- "$1"
