#!/bin/sh
# Makes sure that what the tests need beside Rust is there: installs it where it may, else says exactly what is missing.
# Usage: tools.sh [venv]   (venv: only what `python3 -m venv` needs)
set -eu

missing=""
need() { # command, package
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

if [ "${1:-}" = "venv" ]; then
    missing="python3-venv"
else
    need promtool prometheus
    need chromium chromium
    need victoria-metrics victoria-metrics
    need soffice libreoffice-calc-nogui
    need python3 python3
    need nginx nginx
fi
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing:$missing"
    apt-get update -qq
    # In this run level no service is started by its installation.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
else
    echo "The tests need these Debian packages:$missing" >&2
    echo "Install them with: sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
