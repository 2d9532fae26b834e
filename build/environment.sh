# Sourced by every script here: repository root as working folder, quiet tools, no process that outlives the command in CI.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1
export DOTNET_CLI_USE_MSBUILD_SERVER=0
export MSBUILDDISABLENODEREUSE=1
if [[ "${CI:-}" == true ]]; then
  # MSBuild reads properties from the environment: without it the compiler server would linger.
  export UseSharedCompilation=false
fi

say() { printf '%s\n' "$*"; }

has() { command -v "$1" > /dev/null 2>&1; }

# Run a command in silence; on failure show what it said and return its exit status.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" > "$log" 2>&1 < /dev/null || status=$?
  if ((status != 0)); then
    cat "$log"
  fi
  rm -f "$log"
  return "$status"
}

# build_quietly PROJECT: build in Release and show only warnings and errors.
build_quietly() {
  quietly dotnet build "$1" -c Release -v q --nologo -clp:NoSummary -nodeReuse:false
}

# npm_install FOLDER: install what the folder's lock file pins, once. A status other than 0 means that it could not.
# Not `npm ci`: it refuses a lock file that lacks the packages of platforms which a registry does not serve.
npm_install() {
  local folder=$1
  has npm || return 1
  if [[ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]]; then
    return 0
  fi
  mkdir -p artifacts
  (cd "$folder" && timeout 300 npm install --no-save --ignore-scripts --no-audit --no-fund) > artifacts/npm.log 2>&1 < /dev/null
}

# buf ARGUMENTS: the pinned buf. Call install_buf first.
buf() { build/tools/node_modules/.bin/buf "$@"; }

install_buf() { npm_install build/tools && buf --version > /dev/null 2>&1; }
