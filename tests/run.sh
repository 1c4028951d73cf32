#!/usr/bin/env bash
# Runs tests part by part, and ends with the minutes of each part and the slowest tests.
#   run.sh fast   the tests of the crates, laws at few seeds: within a minute where all is built
#   run.sh all    everything, with a real Prometheus, a real browser, LibreOffice and other readers
#   run.sh ci     format, lints and docs; then everything, with more seeds and power cuts
#   run.sh soak   laws, power cuts, flipped bits and fuzz targets at many times their number
#   run.sh one    what cargo calls for each program of tests: runs it and notes its time
# The numbers of OZG_SEEDS, OZG_CUTS, OZG_FLIPS and FUZZ_SECONDS that are set win over those of the mode.
set -euo pipefail
CARGO="${CARGO:-cargo}"
SLOWEST=15

# Runs a command under a name, and notes its milliseconds.
part() {
    local name=$1 begin status=0
    shift
    echo "== $name"
    begin=$(date +%s%3N)
    "$@" || status=$?
    printf '%s\t%s\n' "$(($(date +%s%3N) - begin))" "$name" >>"$OZG_TIMES/parts"
    return "$status"
}

# Runs one program of tests. The harness gives the time of each test only where unstable options are allowed.
one() {
    local program=$1 name status=0
    shift
    name=$(basename "$program" | sed -E 's/-[0-9a-f]{16}$//')
    RUSTC_BOOTSTRAP=1 part "$name" "$program" "$@" -Zunstable-options --report-time | tee "$OZG_TIMES/output" ||
        status=$?
    sed -nE "s/^test (.*) \.\.\. ok <([0-9.]+)s>$/\2\t$name \1/p" "$OZG_TIMES/output" >>"$OZG_TIMES/tests"
    return "$status"
}

# Builds tests and runs them: cargo's options that choose them follow.
tests() {
    part "build" "$CARGO" test --locked --workspace --features ozg/parquet "$@" --no-run
    "$CARGO" --config "target.'cfg(all())'.runner=['$PWD/tests/run.sh', 'one']" \
        test --locked --workspace --features ozg/parquet "$@"
}

# Everything of the workspace; examples in documentation cannot be told apart, so they are a part together.
all() {
    tests --tests
    part "examples in documentation" "$CARGO" test --locked --workspace --features ozg/parquet --doc
    part "old logs with a stage more" "$CARGO" test --locked -p ozg-core --features another-stage --test laws wire
}

# Names the programs of tests in the folders of the crates; those of the whole lie in tests/ and are not among them.
of_crates() {
    local path
    for path in crates/*/tests/*.rs crates/*/tests/*/main.rs; do
        path=${path%/main.rs}
        echo "--test $(basename "$path" .rs)"
    done
}

fast() {
    export OZG_SEEDS="${OZG_SEEDS:-2}" OZG_CUTS="${OZG_CUTS:-200}" OZG_FLIPS="${OZG_FLIPS:-200}"
    # shellcheck disable=SC2046
    tests --lib $(of_crates)
}

ci() {
    part "format" "$CARGO" fmt --all --check
    part "lints" "$CARGO" clippy --workspace --all-targets --locked --features ozg/parquet -- -D warnings
    part "lints without Parquet" "$CARGO" clippy --workspace --all-targets --locked -- -D warnings
    RUSTDOCFLAGS="-D warnings" part "docs" "$CARGO" doc --workspace --no-deps --locked --quiet
    if "$CARGO" deny --version >/dev/null 2>&1; then
        part "licences, origins, duplicates" "$CARGO" deny --offline check bans licenses sources
    else
        echo "== licences: cargo deny is not installed here, skipped"
    fi
    export OZG_CUTS="${OZG_CUTS:-12000}" OZG_SEEDS="${OZG_SEEDS:-200}"
    all
}

soak() {
    export OZG_SEEDS="${OZG_SEEDS:-2000}" OZG_CUTS="${OZG_CUTS:-200000}" OZG_FLIPS="${OZG_FLIPS:-50000}"
    export PROPTEST_CASES="${PROPTEST_CASES:-20000}"
    # shellcheck disable=SC2046
    tests --lib $(of_crates)
    FUZZ_SECONDS="${FUZZ_SECONDS:-600}" part "fuzz targets" sh fuzz/run.sh
}

table() {
    [ -s "$OZG_TIMES/parts" ] || return 0
    echo
    echo "minutes of each part:"
    awk -F'\t' '{ printf "%7.1f  %s\n", $1 / 60000, $2; all += $1 } END { printf "%7.1f  all\n", all / 60000 }' \
        "$OZG_TIMES/parts"
    echo "seconds of the slowest tests, several of which run at once:"
    # awk reads all lines: a reader that stops early fails the pipe.
    sort -rn "$OZG_TIMES/tests" | awk -F'\t' -v most="$SLOWEST" 'NR <= most { printf "%7.1f  %s\n", $1, $2 }'
}

case "${1:-}" in
one)
    shift
    one "$@"
    ;;
fast | all | ci | soak)
    cd "$(dirname "$0")/.."
    OZG_TIMES=$(mktemp -d)
    export OZG_TIMES
    touch "$OZG_TIMES/tests"
    trap 'table; rm -r "$OZG_TIMES"' EXIT
    "$1"
    echo "all tests passed"
    ;;
*)
    sed -n '2,8s/^# //p' "$0" >&2
    exit 2
    ;;
esac
