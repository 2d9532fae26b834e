#!/usr/bin/env bash
# Remove what builds and installs leave behind; never data.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

rm -rf artifacts clients/node/generated clients/console/generated
find . -type d -name node_modules -prune -not -path './.git/*' -exec rm -rf {} +
