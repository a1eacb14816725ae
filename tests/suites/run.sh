#!/usr/bin/env bash
# Runs a test suite of others against this workspace: `tests/suites/run.sh SUITE --from DIR [--update]`. The README says more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
from="$OLDPWD"

arguments=()
while [ $# -gt 0 ]; do
    # The folder is meant as seen from where the user stands.
    if [ "$1" = --from ] && [ $# -gt 1 ]; then
        arguments+=(--from "$(cd "$from" && realpath -- "$2")")
        shift 2
    else
        arguments+=("$1")
        shift
    fi
done
export CARGO_PROFILE_DEV_DEBUG=0
exec cargo run --quiet --package releasepack-tests --example suites -- "${arguments[@]}"
