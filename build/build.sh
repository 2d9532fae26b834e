#!/usr/bin/env bash
# Build the whole solution in Release.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

build_quietly KpGrpc.sln
say "KpGrpc.sln is built in artifacts/bin."
