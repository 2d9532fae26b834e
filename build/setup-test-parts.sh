#!/usr/bin/env bash
# Install the outside parts that some tests use, where that is allowed: npm packages beside the tests, and Debian packages when
# this is root. A part that is not there in the end costs one line here; its tests are skipped and say why.
# KP_NO_INSTALL=1 leaves the machine as it is.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

debian_packages=(redis-server python3-grpcio python3-grpc-tools chromium)

is_installed() { [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" == installed ]]; }

if [[ "${KP_NO_INSTALL:-}" == 1 ]]; then
  say "Test parts: nothing is installed (KP_NO_INSTALL=1)."
  exit 0
fi

mkdir -p artifacts
for folder in clients/node build/tools; do
  if [[ -f "$folder/package-lock.json" ]] && ! npm_install "$folder"; then
    say "Test parts: no npm packages in $folder (npm is missing or failed; see artifacts/npm.log)."
  fi
done

# The grpc-web client's code is as new as the contract.
generated=clients/node/generated
if [[ -d clients/node/node_modules ]] && { [[ ! -d $generated ]] || [[ -n "$(find protos -name '*.proto' -newer $generated -print -quit)" ]]; }; then
  quietly npm run --silent --prefix clients/node generate || say "Test parts: no code for the grpc-web client (see above)."
fi

# The console's page and its unit tests; what is missing stands in its one line.
build/console.sh || true

missing=()
if has dpkg-query; then
  for package in "${debian_packages[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
fi
if ((${#missing[@]} == 0)); then
  exit 0
fi
if ((EUID != 0)) || ! has apt-get; then
  say "Test parts: ${missing[*]} missing, and only root may install them."
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
say "Test parts: installing ${missing[*]} …"
timeout 300 apt-get update -qq > artifacts/apt.log 2>&1 < /dev/null || true
for package in "${missing[@]}"; do
  # Package by package: one that is not served must not keep the others away.
  timeout 600 apt-get install -y -qq --no-install-recommends "$package" >> artifacts/apt.log 2>&1 < /dev/null \
    || say "Test parts: $package could not be installed (see artifacts/apt.log)."
done
