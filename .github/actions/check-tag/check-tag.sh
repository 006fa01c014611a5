#!/usr/bin/env bash
# Says `true` or `false`: whether there is the tag $TAG. Fails when it is on another commit than $COMMIT.
set -euo pipefail

fail() {
  echo "::error::$1" >&2
  exit 1
}

git check-ref-format "refs/tags/$TAG" ||
  fail "The input tag is $(printf %q "$TAG"), which git does not take for a name; write one such as v1.4.0."

# Not among the arguments, which every process of the machine can read.
login=$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')
export GIT_TERMINAL_PROMPT=0 GIT_CONFIG_COUNT=1
export GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader" GIT_CONFIG_VALUE_0="Authorization: Basic $login"

# An annotated tag has a second line, with the commit.
found=$(git ls-remote "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "refs/tags/$TAG" "refs/tags/$TAG^{}") ||
  fail "The tags of $GITHUB_REPOSITORY cannot be read; start the job again."
commit=$(tail -n 1 <<<"$found" | cut -f 1)

if [ -n "$commit" ] && [ "$commit" != "$COMMIT" ]; then
  fail "The tag $TAG (input tag) is on commit ${commit:0:7} already, and this run is of ${COMMIT:0:7}; choose another tag, or remove that one."
fi
[ -n "$commit" ] && echo true || echo false
