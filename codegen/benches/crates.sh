#!/usr/bin/env bash
# Measures what a generated crate costs whoever compiles it: CPU time (user and system) and peak memory of `cargo check`, of a debug
# build and of a release build of the crate alone, after its dependencies; and the size of a stripped program that calls some of
# its operations.
#
#   codegen/benches/crates.sh [--base REV] [--peers] [--runs N] [--operations N] [--calls N] [DOCUMENT...]
#
#   --base REV       compare with the crates that another commit generates
#   --peers          compare with the crates of other generators (`peers.sh --install` installs them)
#   --runs N         how often each is measured; the least counts (default 3)
#   --operations N   the size of the document that is made if none is named (default 400)
#   --calls N        how many operations the program calls, with their required arguments only (default 50)
#   DOCUMENT         OpenAPI 3.0 documents
#
# The crates take turns, so that whatever else the machine does hits all of them alike. Figures are comparable within one table only.
# Our crates are compiled without TLS, those of peers as they are: compare the sizes of programs with that in mind.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
target="${CARGO_TARGET_DIR:-$root/target}"
work="$target/crates-bench"
time="/usr/bin/time"

base="" peers=no runs=3 operations=400 calls=50 documents=()
while [ $# -gt 0 ]; do
    case "$1" in
        --base) base="${2:?--base needs a commit}" && shift ;;
        --peers) peers=yes ;;
        --runs) runs="${2:?--runs needs a number}" && shift ;;
        --operations) operations="${2:?--operations needs a number}" && shift ;;
        --calls) calls="${2:?--calls needs a number}" && shift ;;
        -h | --help) sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit ;;
        -*) echo "unknown option: $1 (see --help)" >&2 && exit 2 ;;
        *) documents+=("$(realpath "$1")") ;;
    esac
    shift
done
"$time" -f %e true 2>/dev/null || { echo "GNU time is missing: install the package \`time\`" >&2; exit 2; }

cd "$root"
mkdir -p "$work/bin"
# Increments would hide what a crate costs.
export CARGO_INCREMENTAL=0

# generator NAME FOLDER TARGET: builds the generator of a checkout. Two checkouts must not share a target folder: Cargo takes what
# it built for one for that of the other.
generator() {
    cargo build --quiet --release --locked -p xtask --manifest-path "$2/Cargo.toml" --target-dir "$3"
    cp "$3/release/xtask" "$work/bin/$1"
}

tools=(releasepack)
if [ -n "$base" ]; then
    commit="$(git rev-parse --verify --quiet "$base^{commit}")" || { echo "there is no commit $base" >&2; exit 2; }
    # The generator reads the runtime of its checkout, so the checkout stays.
    git worktree remove --force "$work/base" 2>/dev/null || rm -rf "$work/base"
    git worktree prune
    git worktree add --quiet --detach "$work/base" "$commit"
    trap 'git -C "$root" worktree remove --force "$work/base"' EXIT
    generator base "$work/base" "$work/base-target"
    tools+=(base)
fi
generator releasepack "$root" "$target"
if [ "$peers" = yes ]; then
    for peer in ploidy openapi-to-rust; do
        if [ -x "$target/peers/bin/$peer" ]; then
            ln -sf "$target/peers/bin/$peer" "$work/bin/$peer"
            tools+=("$peer")
        else
            echo "$peer is not installed in $target/peers: it is not measured (peers.sh --install installs it)"
        fi
    done
fi
if [ ${#documents[@]} -eq 0 ]; then
    cargo bench --quiet --locked -p releasepack-codegen --bench scale -- document "$operations" >"$work/$operations-operations.json"
    documents+=("$work/$operations-operations.json")
fi

# generate TOOL DOCUMENT: writes the crate `client` into the current folder.
generate() {
    case "$1" in
        releasepack | base) "$work/bin/$1" --quiet generate --lenient --name client --spec "$2" --out client ;;
        ploidy) "$work/bin/ploidy" generate rust --name client --output client "$2" ;;
        openapi-to-rust) "$work/bin/openapi-to-rust" generate --quiet --output-dir client "$2" ;;
    esac
    [ -e client/Cargo.toml ] || { echo "it writes no crate"; return 1; }
}

# calls PATTERN FILE...: a call for each method that begins like this and whose arguments can be read from text.
calls() {
    local pattern="$1" && shift
    cat "$@" | awk -v pattern="$pattern (async )?fn [a-z0-9_]+[(]" -v most="$calls" -v send="$send" '
        function argument(type) {
            if (type ~ /^&str$|^impl AsRef<str>$/) return "&read::<String>()"
            if (type ~ /^impl Into<String>$/) return "read::<String>()"
            if (type ~ /^&(types::)?[A-Z][A-Za-z0-9]*$/) return "&read()"
            if (type ~ /^(bool|[iu](32|64)|f64|(types::)?[A-Z][A-Za-z0-9]*)$/) return "read()"
            if (type ~ /^impl Into<(crate::)?types::[A-Za-z0-9]+>$/) {
                gsub(/^impl Into<(crate::)?types::|>$/, "", type)
                return "read::<client::types::" type ">()"
            }
            return ""
        }
        function call(text,    name, list, count, each, type, value, values) {
            name = text; sub(/[(].*/, "", name); sub(/.* /, "", name)
            list = text; sub(/[^(]*[(]/, "", list); sub(/[)] *(->.*)?[{]$/, "", list)
            if (list !~ /^ *&self/) return
            count = split(list, each, ","); values = ""
            for (at = 2; at <= count; at++) {
                if (each[at] ~ /^ *$/) continue
                type = each[at]; sub(/[^:]*: */, "", type); sub(/ *$/, "", type)
                value = argument(type)
                if (value == "") return
                values = values (values == "" ? "" : ", ") value
            }
            if (done++ < most) print "        report(client." name "(" values ")" send ".await);"
        }
        { line = $0; sub(/^[ \t]+/, "", line) }
        line ~ ("^" pattern) { is_open = 1; text = "" }
        is_open { text = text " " line; if (line ~ /[{]$/) { is_open = 0; call(text) } }'
}

# program TOOL: writes the crate `program` into the current folder.
program() {
    local create features send pattern=pub
    mkdir -p program/src
    case "$1" in
        releasepack | base)
            create='{
        let address = "http://127.0.0.1:9".parse().expect("it is an address");
        let http = client::runtime::Http::new(reqwest::Client::new());
        client::Client::new(client::runtime::Service::new(&address, http))
    }'
            features=', default-features = false' send=".send()"
            cp "$root/Cargo.lock" program/
            find client/src/generated -path '*operations*' -name '*.rs' | sort >files
            ;;
        ploidy)
            create='client::Client::new("http://127.0.0.1:9").expect("it is an address")'
            features="" send=""
            find client/src -name '*.rs' | sort >files
            ;;
        openapi-to-rust)
            create='client::HttpClient::new().with_base_url("http://127.0.0.1:9")'
            features="" send=""
            find client/src -name '*.rs' | sort >files
            ;;
    esac
    cat >program/Cargo.toml <<END
[package]
name = "program"
version = "0.1.0"
edition = "2024"

[dependencies]
client = { path = "../client"$features }
reqwest = { version = "0.13", default-features = false }
serde = "1"
serde_json = "1"
tokio = { version = "1", features = ["net", "rt", "time"] }

[profile.release]
strip = true

[workspace]
END
    {
        cat <<END
//! Calls operations of a client. What it sends is not known before it runs, and what it receives is shown.

use std::fmt::Debug;

use serde::de::DeserializeOwned;

fn read<T: DeserializeOwned>() -> T {
    let text = std::env::args().nth(1).unwrap_or_default();
    serde_json::from_str(&text).expect("the argument is a value")
}

fn report<T: Debug, E: Debug>(outcome: Result<T, E>) {
    println!("{outcome:?}");
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("the system has what it needs").block_on(run());
}

async fn run() {
    let client = $create;
END
        # shellcheck disable=SC2046 # no generated file has a space in its name
        calls "$pattern" $(cat files) | sed 's/^    //'
        echo "}"
    } >program/src/main.rs
    grep -c '^    report' program/src/main.rs >called || { echo "no operation can be called"; return 1; }
}

# compile ARGUMENT...: in the folder `program`.
compile() {
    cargo "$@" --quiet --manifest-path program/Cargo.toml --target-dir target
}

# measured FILE ARGUMENT...: compiles the crate again, and adds a line with its costs to the file.
measured() {
    local file="$1" && shift
    touch client/src/lib.rs
    "$time" --quiet -f "%U %S %M" -a -o "$file" \
        cargo "$@" --quiet -p client --manifest-path program/Cargo.toml --target-dir target >log 2>&1
}

# least FILE: the least CPU time in seconds, and the least memory in MB.
least() {
    awk '{ cpu = $1 + $2
           if (NR == 1 || cpu < least) least = cpu
           if (NR == 1 || $3 < peak) peak = $3 }
         END { printf "%.2f %.0f\n", least, peak / 1000 }' "$1"
}

# prepare TOOL DOCUMENT: everything before the measurements, in the current folder.
prepare() {
    generate "$1" "$2" && program "$1" && compile check && compile build && compile build --release || return 1
    cp target/release/program size
}

echo "Least of $runs runs; the last columns are what the first row takes of what the other takes: below 1.00 the first is ahead."
format="%-26s %-16s %8s %9s %9s %9s %9s %9s %8s   %5s %5s %5s %5s %5s %5s\n"
# shellcheck disable=SC2059 # the format is ours
printf "$format" document crate lines "check s" "MB" "debug s" "release s" "MB" "kB" check MB debug rel. MB kB
for document in "${documents[@]}"; do
    declare -A failed=()
    folder="$work/crates/$(basename "$document" .json)"
    for tool in "${tools[@]}"; do
        mkdir -p "$folder/$tool"
        cd "$folder/$tool"
        # The compiled dependencies stay.
        rm -rf client program ./*.costs
        # In a condition, `set -e` is off: the functions return what failed.
        prepare "$tool" "$document" >log 2>&1 || failed[$tool]=yes
    done
    for ((run = 0; run < runs; run++)); do
        for tool in "${tools[@]}"; do
            [ -z "${failed[$tool]:-}" ] || continue
            cd "$folder/$tool"
            { measured check.costs check && measured debug.costs build && measured release.costs build --release; } ||
                failed[$tool]=yes
        done
    done
    name="$(basename "$document" | cut -c 1-25)"
    first=()
    for tool in "${tools[@]}"; do
        cd "$folder/$tool"
        if [ -n "${failed[$tool]:-}" ]; then
            why="$(grep -m 1 -E '^error|no ' log || tail -n 1 log)"
            printf "%-26s %-16s failed: %s (all of it: %s)\n" "$name" "$tool" "$(cut -c 1-80 <<<"$why")" "$PWD/log"
            continue
        fi
        lines=$(find client/src -name '*.rs' -exec cat {} + | wc -l)
        read -r check check_peak < <(least check.costs)
        read -r debug _ < <(least debug.costs)
        read -r release release_peak < <(least release.costs)
        figures=("$check" "$check_peak" "$debug" "$release" "$release_peak" "$(($(wc -c <size) / 1000))")
        ratios=("" "" "" "" "" "")
        if [ ${#first[@]} -eq 0 ]; then
            first=("${figures[@]}")
        else
            for at in "${!figures[@]}"; do
                ratios[at]=$(awk "BEGIN { printf \"%.2f\", ${first[at]} / ${figures[at]} }")
            done
        fi
        # shellcheck disable=SC2059 # the format is ours
        printf "$format" "$name" "$tool" "$lines" "${figures[@]}" "${ratios[@]}"
        [ "$(cat called)" -eq "$calls" ] || echo "  the program calls only $(cat called) operations"
    done
done
