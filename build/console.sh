#!/usr/bin/env bash
# console.sh: build the Gateway's web console into artifacts/console, and its unit tests into artifacts/console-tests.
# Nothing is done where both are newer than what they are made of. Exits 1 and says why where Node.js is missing or fails; the
# Gateway goes on without it. The next build of the Gateway takes the files along.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

folder=clients/console
output=artifacts/console/index.html

is_fresh() {
  [[ -f $output && -d artifacts/console-tests ]] \
    && [[ -z "$(find $folder protos -name node_modules -prune -o -name generated -prune -o -type f -newer $output -print -quit)" ]]
}

give_up() {
  say "The web console is not built: $1"
  exit 1
}

if is_fresh; then
  exit 0
fi
has node || give_up "Node.js is missing; install Node.js 20 or newer with npm."
npm_install $folder || give_up "npm is missing or could not install $folder (see artifacts/npm.log)."
if [[ ! -d $folder/generated ]] || [[ -n "$(find protos $folder/buf.gen.yaml -type f -newer $folder/generated -print -quit)" ]]; then
  install_buf || give_up "buf could not be installed in build/tools (see artifacts/npm.log)."
  quietly npm run --silent --prefix $folder generate || give_up "its client could not be generated (see above)."
  touch $folder/generated
fi
quietly npm run --silent --prefix $folder check || give_up "its types do not fit (see above)."
quietly npm run --silent --prefix $folder bundle || give_up "it could not be bundled (see above)."
say "The web console is built in artifacts/console, $(gzip -9c artifacts/console/* | wc -c) bytes compressed."
