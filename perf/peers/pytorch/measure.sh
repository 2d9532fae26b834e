#!/usr/bin/env bash
# measure.sh CHECKPOINT TEXTS SECONDS [THREADS]: tags texts with PyTorch, one at a time and sixteen at a time, padded to 128 tokens.
# Prints 'naive NUMBER' and 'naive16 NUMBER', sequences a second: each the best of PyTorch's and OpenBLAS's threads, which get in each
# other's way where both have as many as there are cores. Exit status 3 where PyTorch is not installed.
set -euo pipefail

checkpoint=${1:?folder with config.json, vocab.txt and model.safetensors}
texts=${2:?JSON Lines with a field text}
seconds=${3:?seconds of one run}
threads=${4:-$(nproc)}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-/usr/bin/python3}

if ! "$python" -c 'import torch' 2> /dev/null; then
  echo "PyTorch is not installed for $python: apt-get install python3-torch libopenblas0-pthread (without OpenBLAS it is thirty times slower)" >&2
  exit 3
fi

for torch_threads in $(printf '1\n%s\n' "$threads" | sort -u); do
  for blas_threads in $(printf '1\n%s\n' "$threads" | sort -u); do
    OPENBLAS_NUM_THREADS=$blas_threads "$python" "$here/tagger.py" "$checkpoint" "$texts" "$seconds" "$torch_threads"
  done
done | awk '$2 > best[$1] { best[$1] = $2 } END { print "naive", best["naive"]; print "naive16", best["naive16"] }'
