# `make run` and `make test` do all the set-up and need nothing else.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run test setup setup-dev bench lint lock facts

run: setup
	@PORT=$(PORT) $(BIN)/jalon run

setup: .venv/.runtime

.venv/.runtime: requirements.lock pyproject.toml
	@sh scripts/setup $(PYTHON) requirements.lock && touch $@

setup-dev: .venv/.dev

.venv/.dev: requirements-dev.lock pyproject.toml
	@sh scripts/setup $(PYTHON) requirements-dev.lock && touch $@ .venv/.runtime

test: setup-dev lint
	@sh scripts/system-packages
	@$(BIN)/pytest

lint: setup-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo && $(BIN)/djlint --check --lint --quiet src/jalon/web/templates

bench: setup-dev
	@$(BIN)/uv pip install -q -p .venv -r requirements-bench.lock
	@$(BIN)/python bench/run.py

lock:
	@sh scripts/lock

# Compile again the facts that Jalon carries, after the readers or the classifier changed; needs JALON_MIRROR.
facts: setup-dev
	@$(BIN)/python scripts/build_facts.py
