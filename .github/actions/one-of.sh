#!/usr/bin/env bash
# one-of.sh <input> <value> <word>...: fails unless the value is one of the words; in small letters or not, as GitHub compares.
set -euo pipefail

input=$1 given=$2
shift 2
for word in "$@"; do
  [ "${given,,}" != "$word" ] || exit 0
done
words=$(printf '%s, ' "${@:1:$#-1}")
echo "::error::The input $input is \"$given\"; write ${words%, } or ${!#}."
exit 1
