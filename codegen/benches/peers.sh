#!/usr/bin/env bash
# Measures what generating a client costs beside what the fastest other generators take for it: wall time, CPU time (user and
# system) and peak memory, of whole runs from a file to a folder.
#
#   codegen/benches/peers.sh [--install] [--runs N] [DOCUMENT...]
#
#   --install   install the peers into target/peers first (from crates.io; ten minutes)
#   --runs N    how often each tool generates from each document; the least counts (default 5)
#   DOCUMENT    OpenAPI 3.0 documents; without any, documents of about 0.4, 1, 4 and 12 MB are made
#
# The tools take turns, so that whatever else the machine does hits all of them alike. Runs are comparable within one table only.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
target="${CARGO_TARGET_DIR:-$root/target}"
peers="$target/peers"
work="$target/peers-bench"
time="/usr/bin/time"

# Operations of the documents that are made; an operation is about 5 kB.
sizes=(80 200 800 2400)
runs=5 install=no documents=()
while [ $# -gt 0 ]; do
    case "$1" in
        --install) install=yes ;;
        --runs) runs="${2:?--runs needs a number}" && shift ;;
        -h | --help) sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit ;;
        -*) echo "unknown option: $1 (see --help)" >&2 && exit 2 ;;
        *) documents+=("$(realpath "$1")") ;;
    esac
    shift
done
"$time" -f %e true 2>/dev/null || { echo "GNU time is missing: install the package \`time\`" >&2; exit 2; }

cd "$root"
if [ "$install" = yes ]; then
    cargo install --quiet --locked --root "$peers" ploidy@0.15.0 openapi-to-rust@0.23.0
fi
cargo build --quiet --release --locked -p xtask
mkdir -p "$work"
if [ ${#documents[@]} -eq 0 ]; then
    for size in "${sizes[@]}"; do
        cargo bench --quiet --locked -p releasepack-codegen --bench scale -- document "$size" >"$work/$size-operations.json"
        documents+=("$work/$size-operations.json")
    done
fi

tools=(releasepack)
for peer in ploidy openapi-to-rust; do
    if [ -x "$peers/bin/$peer" ]; then
        tools+=("$peer")
    else
        echo "$peer is not installed in $peers: it is not measured (--install installs it)"
    fi
done

# generate TOOL DOCUMENT FOLDER: writes a client into a new folder; a line on file descriptor 3 says what it cost.
generate() {
    local command
    case "$1" in
        releasepack) command=("$target/release/xtask" --quiet generate --lenient --name client --spec "$2" --out "$3") ;;
        ploidy) command=("$peers/bin/ploidy" generate rust --name client --output "$3" "$2") ;;
        openapi-to-rust) command=("$peers/bin/openapi-to-rust" generate --quiet --output-dir "$3" "$2") ;;
    esac
    rm -rf "$3"
    "$time" --quiet -f "%e %U %S %M" -o /dev/fd/3 "${command[@]}" >"$work/$1.log" 2>&1
}

# least FILE: of each column the least, as wall, CPU and memory.
least() {
    awk '{ cpu = $2 + $3
           if (NR == 1 || $1 < wall) wall = $1
           if (NR == 1 || cpu < least) least = cpu
           if (NR == 1 || $4 < peak) peak = $4 }
         END { printf "%.2f %.2f %.0f\n", wall, least, peak / 1000 }' "$1"
}

echo "Least of $runs runs; the last columns are what we take of what the peer takes: below 1.00 we are ahead."
format="%-28s %-16s %8s %8s %8s %9s   %5s %5s %6s\n"
# shellcheck disable=SC2059 # the format is ours
printf "$format" document tool "wall s" "CPU s" "peak MB" lines wall CPU memory
for document in "${documents[@]}"; do
    declare -A failed=()
    for tool in "${tools[@]}"; do
        : >"$work/$tool.costs"
    done
    for ((run = 0; run < runs; run++)); do
        for tool in "${tools[@]}"; do
            generate "$tool" "$document" "$work/$tool" 3>>"$work/$tool.costs" || failed[$tool]=yes
        done
    done
    name="$(basename "$document") ($(awk "BEGIN { printf \"%.1f\", $(wc -c <"$document") / 1e6 }") MB)"
    for tool in "${tools[@]}"; do
        if [ -n "${failed[$tool]:-}" ]; then
            printf "%-28s %-16s failed: %s\n" "$name" "$tool" "$(tail -n 1 "$work/$tool.log" | cut -c 1-80)"
            continue
        fi
        read -r wall cpu peak < <(least "$work/$tool.costs")
        lines=$(find "$work/$tool" -name '*.rs' -exec cat {} + | wc -l)
        ratios=("" "" "")
        if [ "$tool" = releasepack ]; then
            ours=("$wall" "$cpu" "$peak")
        elif [ -z "${failed[releasepack]:-}" ]; then
            read -r -a ratios < <(awk -v OFMT=%.2f "BEGIN { printf \"%.2f %.2f %.2f\n\", \
                ${ours[0]} / $wall, ${ours[1]} / $cpu, ${ours[2]} / $peak }")
        fi
        # shellcheck disable=SC2059 # the format is ours
        printf "$format" "$name" "$tool" "$wall" "$cpu" "$peak" "$lines" "${ratios[@]}"
    done
done
