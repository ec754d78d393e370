# Two commands matter: `make run` and `make test`. Each sets up what it needs in .venv, and asks Debian only for the
# venv module or a browser where they are missing. `make` on its own lists them all.

PORT ?= 8501
ARGS ?=
python := .venv/bin/python
workers := --numprocesses auto --maxprocesses 4
compile := $(python) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help run test thorough coverage mutants attack validate torture bench pictures lint types lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the app on this machine and print the link that opens it, with a demonstration town if nothing is stored (PORT=8501)
	@scripts/setup.sh run
	@$(python) -m data demo --if-empty
	@exec $(python) -m streamlit run dashboard.py --server.port $(PORT)

test: ## Run every test, those in a browser included (ARGS="-k map" passes options to pytest)
	@scripts/setup.sh dev
	@$(python) -m tests.browser.chromium
	@$(python) -m tests.postgres
	@$(python) -m pytest $(workers) --dist loadgroup $(ARGS)

thorough: ## Run every test, and in full what `make test` samples: seeds, flipped bits, failing statements (ARGS="-k damage")
	@scripts/setup.sh dev
	@$(python) -m tests.browser.chromium
	@$(python) -m tests.postgres
	@$(python) -m pytest --thorough $(workers) --dist loadgroup $(ARGS)

coverage: ## Show how much of each folder the tests reach (ARGS="tests/unit", ARGS=--cov-report=html for every line)
	@scripts/setup.sh dev
	@$(python) -m tests.browser.chromium
	@$(python) -m tests.postgres
	@$(python) -m pytest $(workers) --dist loadgroup --cov --cov-report= $(ARGS); \
		tests=$$?; $(python) -m tests.coverage && exit $$tests

mutants: ## Put small faults into releases, control charts and the two lenses, and see that tests fail (ARGS=FILE)
	@scripts/setup.sh dev
	@CI=1 $(python) -m tests.mutants $(ARGS)

attack: ## Attack protected counts in 200 made-up worlds of four sizes, beside the first edition of them (ARGS="--worlds 20")
	@scripts/setup.sh dev
	@$(python) -m tests.attack $(ARGS)

validate: ## Try the statistics and what findings tell where nothing is going on, and where something was planted (ARGS="told --counties 5")
	@scripts/setup.sh dev
	@$(python) -m tests.validate $(ARGS)

torture: ## Kill a writer of the store again and again, 500 times on SQLite and 100 on PostgreSQL (ARGS="--kills 50")
	@scripts/setup.sh dev
	@$(python) -m tests.postgres
	@$(python) -m tests.torture $(ARGS)
	@$(python) -m tests.torture --postgres $(ARGS)

bench: ## Measure the work that must be fast against plain libraries
	@scripts/setup.sh dev
	@$(python) -m tests.benchmarks $(ARGS)

pictures: ## Take the README's pictures again
	@scripts/setup.sh dev
	@$(python) -m tests.browser.chromium
	@$(python) -m tests.browser.pictures

lint: ## Check style and layout of the code and of the page scripts
	@scripts/setup.sh dev
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@.venv/bin/oxlint --deny-warnings pages/assets

types: ## Check types
	@scripts/setup.sh dev
	@$(python) -m mypy

lock: ## Choose the newest versions that requirements.in and requirements-dev.in allow
	@scripts/setup.sh dev
	@$(compile) --upgrade --output-file requirements.txt requirements.in
	@$(compile) --upgrade --output-file requirements-dev.txt requirements-dev.in

clean: ## Remove what these commands made in this folder; stored data stays
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* htmlcov
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
