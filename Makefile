# The commands of the project. `make demo` and `make test` do all the set-up that they need on a fresh Debian machine
# with rustup.

CARGO ?= cargo
LISTEN ?= 127.0.0.1:8017
DATA ?= data-demo
VENV := .venv
SCHEMATHESIS := $(VENV)/bin/schemathesis
# Grafana's own list of units and reducers; read, not run.
GRAFANA_DATA := @grafana/data@13.2.3

.PHONY: help demo test test-fast law soak tools bench schemas dashboards grafana fuzz lint clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: ## builds the tracker and serves the published figures at http://127.0.0.1:8017
	$(CARGO) build --profile demo --locked --bin ozg --features ozg/parquet
	./target/demo/ozg serve --demo --data $(DATA) --listen $(LISTEN)

test: tools ## everything, with a real Prometheus, a real browser, LibreOffice and other readers
	@CARGO=$(CARGO) tests/run.sh all

test-fast: ## the tests of the crates, each law at few seeds
	@CARGO=$(CARGO) tests/run.sh fast

law: ## one law at one seed, such as: make law LAW=laws::prefix SEED=17
	OZG_SEED=$(SEED) $(CARGO) test --workspace --locked --features ozg/parquet --test laws -- $(LAW)

soak: ## laws, power cuts, flipped bits and fuzz targets at many times their number, for hours
	@CARGO=$(CARGO) tests/run.sh soak

tools: $(VENV)/ready $(VENV)/grafana-data ## what the tests need beside Rust: prometheus, chromium, libreoffice, nginx, pandas …
	@sh tests/tools.sh

$(VENV)/ready: tests/requirements.txt
	python3 -m venv $(VENV) || (sh tests/tools.sh venv && python3 -m venv $(VENV))
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

$(VENV)/grafana-data: | $(VENV)/ready
	@if command -v npm >/dev/null 2>&1 && (cd $(VENV) && npm pack --silent $(GRAFANA_DATA) >/dev/null); then \
	  mkdir -p $@ && tar -xzf $(VENV)/grafana-data-*.tgz -C $@ --strip-components=1 && rm $(VENV)/grafana-data-*.tgz; \
	else echo "npm is not here or cannot fetch $(GRAFANA_DATA): units and reducers are not looked up in it"; fi

bench: ## the numbers of docs/operating.md, as ratios side by side
	$(CARGO) bench --locked --bench numbers --features ozg/parquet

schemas: ## writes schemas/ anew from the tables in the code
	UPDATE_SCHEMAS=1 $(CARGO) test --locked -p ozg-formats
	UPDATE_SCHEMAS=1 $(CARGO) test --locked -p ozg-http --test http description

dashboards: ## writes dashboards/ anew; for an installation: make dashboards TRACKER=https://ozg.example.org THEN=2026-06-30 OUT=/var/lib/grafana/dashboards/ozg
	UPDATE_DASHBOARDS=1 OZG_TRACKER=$(TRACKER) OZG_THEN=$(THEN) OZG_OUT=$(if $(OUT),$(abspath $(OUT))) $(CARGO) test --locked -p ozg-dashboards --test dashboards what_is_checked_in

grafana: ## draws the dashboards with Grafana's own code in Chromium: fetches 492 MB from npm, not part of make test
	@CARGO=$(CARGO) sh tests/grafana/run.sh

fuzz: ## throws bytes at every reader, FUZZ_SECONDS (60) a target, at most 2 GB
	@CARGO=$(CARGO) FUZZ_SECONDS=$${FUZZ_SECONDS:-60} sh fuzz/run.sh

lint: ## format and lints
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

clean: ## removes what was built and the demo's data
	$(CARGO) clean
	rm -rf $(VENV) data-demo
