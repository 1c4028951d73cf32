#!/bin/sh
# Draws the dashboards with Grafana's own published code in a headless Chromium, checks what a reader sees, and leaves
# pictures in tests/grafana/out/pictures. Usage: run.sh    (OZG names a built command; else it is built)
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
address=127.0.0.1:${PORT_TRACKER:-8317}
metrics=127.0.0.1:${PORT_PROMETHEUS:-8318}

for command in node npm chromium curl; do
    command -v "$command" >/dev/null || { echo "make grafana needs $command" >&2; exit 1; }
done
[ -d node_modules ] || npm install
node build.mjs
if [ -z "${OZG:-}" ]; then
    (cd "$root" && ${CARGO:-cargo} build --locked --bin ozg)
    OZG=$root/target/debug/ozg
fi

folder=$(mktemp -d)
started=""
end() {
    for process in $started; do kill "$process" 2>/dev/null || true; done
    wait
    rm -rf "$folder"
}
trap end EXIT
ready() { # address: until it answers
    for _ in $(seq 120); do
        curl -sf -o /dev/null "http://$1" && return
        sleep 1
    done
    echo "$1 does not answer" >&2
    exit 1
}
data_source() { # uid, address, further settings
    echo "{\"uid\":\"$1\",\"name\":\"$1\",\"url\":\"http://$2\",\"jsonData\":{\"httpMethod\":\"POST\",\"timeInterval\":\"$3\"}}"
}

"$OZG" serve --demo --data "$folder/data" --listen "$address" 2>"$folder/tracker.log" >&2 &
started=$!
ready "$address/v1/series/services_rolled_out.csv"
SOURCES="$(data_source ozg "$address/prometheus" 1d),$(data_source ozg-then "$address/prometheus/as-of/p200" 1d)"
# The dashboard of operations asks a Prometheus that scrapes; without one it is left out.
if command -v prometheus >/dev/null; then
    cat >"$folder/prometheus.yml" <<CONFIG
global: { scrape_interval: 5s }
scrape_configs: [{ job_name: ozg, static_configs: [{ targets: ["$address"] }] }]
CONFIG
    prometheus --config.file="$folder/prometheus.yml" --storage.tsdb.path="$folder/prometheus" \
        --web.listen-address="$metrics" 2>"$folder/prometheus.log" >&2 &
    started="$started $!"
    ready "$metrics/-/ready"
    SOURCES="$SOURCES,$(data_source prometheus "$metrics" 5s)"
fi
export SOURCES="[$SOURCES]"

failed=0
for language in de en; do
    echo "== $language"
    DASHBOARDS="$root/dashboards/$language" node check.mjs || failed=1
    DASHBOARDS="$root/dashboards/$language" node pictures.mjs
done
exit $failed
