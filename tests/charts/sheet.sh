#!/bin/sh
# Draws the charts of `addresses.txt` from the demo, with a list and a region (`more.ndjson`), in Chromium, as they look inside <img>: one picture each, and `sheet.html` with
# all of them. Usage: tests/charts/sheet.sh [FOLDER]   (OZG: the command, target/debug/ozg by default; CHARTS: only those of a pattern)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-target/charts}
ozg=${OZG:-target/debug/ozg}
mkdir -p "$out"
data=$(mktemp -d)
port=${PORT:-8127}
"$ozg" serve --demo --data "$data/log" --listen "127.0.0.1:$port" >"$out/serve.log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$data"' EXIT
tries=0
until curl -sf "http://127.0.0.1:$port/v1/series/services_launched.csv?area=DE&last=1" >/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 120 ] || { cat "$out/serve.log"; exit 1; }
  sleep 0.5
done
"$ozg" import --data "$data/log" "$here/more.ndjson" >"$out/import.log"
echo '<!doctype html><meta charset="utf-8"><body>' >"$out/sheet.html"
number=0
while read -r address; do
  number=$((number + 1))
  name=$(printf '%02d' "$number")
  case "$address" in *${CHARTS:-}*) ;; *) continue ;; esac
  curl -s "http://127.0.0.1:$port/v1/series/$address" >"$out/$name.svg"
  curl -s "http://127.0.0.1:$port/v1/series/$(echo "$address" | sed 's/\.svg/.png/')" >"$out/$name.png"
  echo "<p>$name <code>$address</code><p><img src=\"$name.svg\">" >>"$out/sheet.html"
done <"$here/addresses.txt"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$data/browser" --window-size=1700,"${HEIGHT:-12000}" \
  --screenshot="$out/sheet.png" "file://$(cd "$out" && pwd)/sheet.html" >"$out/chromium.log" 2>&1
echo "$out/sheet.html, $out/sheet.png, and a .png of each as the tracker draws it"
