# Everything an operator or a developer types. `make` alone prints the list.
# Variables: PYTHON=python3.12 chooses the interpreter; PYTEST="-k calendar -x" is passed to pytest; LISTEN=0.0.0.0:8080 to the demo.

PYTHON ?= python3
PYTEST ?=
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo run test test-long check bench lock clean

help: ## print this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1 \2/p' Makefile | awk '{ name = $$2; $$1 = $$2 = ""; printf "  make %-11s%s\n", name, substr($$0, 3) }'

install: $(INSTALLED) ## set everything up in .venv, so that .venv/bin/otklik works

demo: $(INSTALLED) ## the real product with pretend messengers; prints the page to open
	@$(BIN)/otklik demo $(if $(LISTEN),--listen $(LISTEN))

run: $(INSTALLED) ## the product with the settings in .env
	@$(BIN)/otklik run

test: $(INSTALLED_DEV) ## the test suite, all but the long proofs; PYTEST="-k calendar" chooses some
	@$(BIN)/python -m pytest -m "not long" -n $(WORKERS) --dist worksteal $(PYTEST)

test-long: $(INSTALLED_DEV) ## the long proofs: crashes between all steps, random conversations, killed processes
	@$(BIN)/python -m pytest -m long -n $(WORKERS) --dist worksteal $(PYTEST)

check: $(INSTALLED_DEV) ## format, lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy $(wildcard bot handlers storage tests bench)
	@$(BIN)/lint-imports --no-logo

bench: $(INSTALLED) ## the benchmarks; writes bench/results.json and prints the table
	@$(BIN)/python -m bench

# The newest versions that pyproject.toml allows, for every supported Python. Only this target reads packages without hashes.
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(INSTALLED) ## write requirements.txt and requirements-dev.txt anew from pyproject.toml
	@$(PIP) install uv
	@$(LOCK) pyproject.toml --extra postgresql --group build --output-file requirements.txt >/dev/null
	@$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt >/dev/null

clean: ## remove .venv and caches; var/ and .env stay
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || { \
		echo "Python 3.11, 3.12 or 3.13 is needed, but '$(PYTHON)' is: $$($(PYTHON) --version 2>&1 | head -n 1). Name another: make PYTHON=python3.12 …" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment: install its venv package (Debian: python3-venv)." >&2; exit 2; }

$(INSTALLED): requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing «Отклик» into $(VENV) …"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(INSTALLED_DEV): $(INSTALLED) requirements-dev.txt
	@echo "Installing the tools for tests and checks …"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@
