#!/bin/sh
# Runs each fuzz target, or those that are named, for FUZZ_SECONDS (60) within 2 GB. It needs the stable toolchain only:
# what cargo-fuzz passes on to a nightly compiler is given to it by hand. What is found is kept in fuzz/found/.
set -eu
cd "$(dirname "$0")"
seconds="${FUZZ_SECONDS:-60}"
folder="${FUZZ_TARGET_DIR:-target}"
host="$(rustc -vV | sed -n 's/^host: //p')"
flags="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
flags="$flags -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=1"
RUSTFLAGS="$flags" CARGO_TARGET_DIR="$folder" "${CARGO:-cargo}" build --release --locked --bins --target "$host"
[ "$#" -gt 0 ] || set -- $(ls src/bin | sed 's/\.rs$//')
for target in "$@"; do
  mkdir -p "corpus/$target" "found/$target"
  echo "$target, $seconds s:"
  # A slow or large input is found as well as a panic.
  if ! "$folder/$host/release/$target" -max_total_time="$seconds" -rss_limit_mb=2048 -malloc_limit_mb=2048 -timeout=10 \
    -max_len=65536 -print_final_stats=1 -artifact_prefix="found/$target/" "corpus/$target" "seeds/$target" \
    >"found/$target.log" 2>&1; then
    tail -n 40 "found/$target.log"
    echo "found: see fuzz/found/$target" >&2
    exit 1
  fi
  grep -E "^stat::(number_of_executed_units|slowest_unit_time_sec|peak_rss_mb)" "found/$target.log"
done
echo "nothing was found"
