# Credits Desk. `make run` to try it, `make test` to test it; each sets up what it needs.

PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint check lock litestream vocabulary figures bench-redaction bench-egress bench-replies bench-growth env-example crash-matrix soak machines clean

help:  ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: .venv/sandbox  ## Start the service and a HubSpot on this machine; Ctrl-C stops both
	@$(BIN)/python run.py

test: .venv/dev  ## Run every test, and those of the rules on PostgreSQL beside them
	@RULES_ENGINE=postgres $(BIN)/python -m pytest tests/casework >.venv/rules.log 2>&1 & rules=$$!; \
		trap "kill $$rules" INT TERM; \
		$(BIN)/python -m pytest; all=$$?; \
		wait $$rules; on_postgres=$$?; \
		echo "The rules on PostgreSQL:"; [ $$on_postgres = 0 ] || cat .venv/rules.log; tail -n 1 .venv/rules.log; \
		[ $$all = 0 ] && [ $$on_postgres = 0 ]

lint: .venv/dev  ## Style, types, and which way imports point
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

check: lint test  ## All of it: style, types, imports, tests

env-example:  ## Write .env.example anew from the settings
	@$(BIN)/flask --app wsgi desk env-example > .env.example

figures: .venv/dev  ## Measure the figures of the README on this machine
	@PYTHONPATH=. $(BIN)/python -m bench.figures

bench-redaction: .venv-bench/ready  ## Measure the redaction beside Presidio and scrubadub; BENCH="--json" for JSON
	@PYTHONPATH=. .venv-bench/bin/python -m bench.redaction $(BENCH)

bench-egress: .venv/dev  ## Measure what the egress gate adds to a call; BENCH=--json for JSON
	@PYTHONPATH=. $(BIN)/python -m bench.egress $(BENCH)

bench-replies: .venv/dev  ## Measure how well organisations' replies are understood; BENCH="--json" for JSON
	@PYTHONPATH=. $(BIN)/python -m bench.replies $(BENCH)

bench-growth: .venv/dev  ## Measure what a million requests cost beside a thousand; BENCH="--many 100000"
	@PYTHONPATH=. $(BIN)/python -m bench.growth $(BENCH)

crash-matrix: .venv/dev  ## Kill the process at each write and outside call of a story (5 minutes)
	@PYTHONPATH=. $(BIN)/python -m tests.reliability.crash_matrix

soak: .venv/dev  ## Many requests while 5 % of everything goes wrong; SOAK="--requests 2000" for fewer
	@PYTHONPATH=. $(BIN)/python -m tests.reliability.soak $(SOAK)

machines: .venv/dev  ## Three workers, four web processes, and all that befalls their owner; MACHINES="--rounds 20"
	@PYTHONPATH=. $(BIN)/python -m tests.machines.storm $(MACHINES)

lock: .venv/dev  ## Pin the newest versions, with hashes, for every platform
	@for name in requirements requirements-sandbox requirements-dev requirements-vocabulary requirements-bench requirements-litestream; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --no-header $(UPGRADE) $$name.in -o $$name.txt || exit 1; \
	done

vocabulary: .venv/vocabulary/made  ## Write the lists of words that the redaction reads anew (2 minutes)
	@.venv/vocabulary/bin/python -m bench.vocabulary

litestream: .venv/litestream  ## Copy an SQLite database as it is written; DESK_DATABASE=file DESK_REPLICA=folder
	@: "$${DESK_DATABASE:?names the database, such as data/desk.db}"
	@: "$${DESK_REPLICA:?names the folder that gets the copy}"
	@umask 077 && exec $(BIN)/litestream replicate -config deploy/litestream.yml

clean:  ## Remove what was made here: the environment and the try-out's data
	@rm -rf .venv .venv-bench data/tryout .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; give it as: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/sandbox: requirements-sandbox.txt .venv/bin/python
	@echo "Installing what the service and the sandbox need …"
	@$(BIN)/pip install --quiet --require-hashes -r $<
	@touch $@

.venv/litestream: requirements-litestream.txt .venv/bin/python
	@echo "Installing Litestream …"
	@$(BIN)/pip install --quiet --require-hashes -r $<
	@touch $@

.venv/dev: requirements-dev.txt .venv/bin/python
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --require-hashes -r $<
	@touch $@ .venv/sandbox

.venv-bench/ready: requirements-bench.txt
	@echo "Installing what the redaction is measured beside …"
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet --require-hashes -r $<
	@touch $@

# Its own environment: what makes the lists must not be there when the service is tested.
.venv/vocabulary/made: requirements-vocabulary.txt .venv/bin/python
	@echo "Installing what makes the lists of words …"
	@$(PYTHON) -m venv .venv/vocabulary
	@.venv/vocabulary/bin/pip install --quiet --require-hashes -r $<
	@touch $@
