#!/bin/sh
# Releases a pack in a pipeline of any kind, and goes on if the platform was only busy.
#
#   release.sh PACK COMPONENT=VERSION
#
# Needs `releasepack` in PATH, and BOOMI_ACCOUNT, BOOMI_USER and BOOMI_SECRET. Keep the file release.jsonl between runs: with it, a run
# that was killed can be repeated, and nothing is released twice.
set -u
pack=$1
component=$2
journal=${JOURNAL:-release.jsonl}

tries=3
while :; do
    releasepack release "$pack" --component "$component" --wait --journal "$journal"
    code=$?
    case $code in
    # Nothing was done, or only the wait ended.
    75)
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || exit "$code"
        ;;
    # It is unknown whether the release was made. An answer may take an hour, so somebody should run this command later.
    3)
        releasepack reconcile "$pack" --journal "$journal"
        exit
        ;;
    *)
        exit "$code"
        ;;
    esac
done
