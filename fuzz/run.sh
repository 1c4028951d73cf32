#!/bin/sh
# Runs each fuzz target for FUZZ_SECONDS (60) within 2 GB, on the stable toolchain: what cargo-fuzz asks of nightly is
# given to the compiler by hand. What is found is kept in fuzz/found/. Targets may be named.
set -eu
cd "$(dirname "$0")"
seconds="${FUZZ_SECONDS:-60}"
host="$(rustc -vV | sed -n 's/^host: //p')"
flags="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=1"
RUSTFLAGS="$flags" CARGO_TARGET_DIR="${FUZZ_TARGET_DIR:-target}" "${CARGO:-cargo}" build --release --locked --bins --target "$host"
found=0
for target in "${@:-}"; do
  [ -n "$target" ] || continue
  found=1
done
[ "$found" = 1 ] || set -- $(ls src/bin | sed 's/\.rs$//')
for target in "$@"; do
  mkdir -p "corpus/$target" "found/$target"
  echo "fuzzing $target for $seconds s"
  "${FUZZ_TARGET_DIR:-target}/$host/release/$target" -max_total_time="$seconds" -rss_limit_mb=2048 -malloc_limit_mb=2048 \
    -timeout=10 -max_len=65536 -print_final_stats=1 -verbosity=1 -artifact_prefix="found/$target/" "corpus/$target" "seeds/$target" 2>&1 |
    tee "found/$target.log" | grep -E "^(==|SUMMARY|stat::number_of_executed|stat::peak_rss|Test unit|artifact|thread )" || true
  grep -q "^stat::number_of_executed" "found/$target.log"
  if ls "found/$target"/*-* >/dev/null 2>&1; then echo "found: fuzz/found/$target"; exit 1; fi
done
echo "nothing found"
