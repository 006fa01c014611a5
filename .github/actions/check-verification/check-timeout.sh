#!/usr/bin/env bash
# Fails when $TIMEOUT is no duration as verify-deployment takes it, from a second to $LONGEST minutes.
set -euo pipefail

seconds=0
if [[ $TIMEOUT =~ ^(([0-9]{1,6})d)?(([0-9]{1,6})h)?(([0-9]{1,6})m)?(([0-9]{1,6})s)?$ ]]; then
  seconds=$((((10#0${BASH_REMATCH[2]} * 24 + 10#0${BASH_REMATCH[4]}) * 60 + 10#0${BASH_REMATCH[6]}) * 60 + 10#0${BASH_REMATCH[8]}))
fi

if ((seconds < 1 || seconds > LONGEST * 60)); then
  why="the job that waits ends after 90 minutes"
  [ "$LONGEST" = 75 ] || why="the token of the App and a login to Azure live an hour"
  echo "::error::The input timeout is $(printf %q "$TIMEOUT"); write a duration from 1s to ${LONGEST}m, such as 10m: $why."
  exit 1
fi
