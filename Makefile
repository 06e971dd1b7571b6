# One command sets up all that it needs: `make demo`, `make test`. Only Python >= 3.11 and a C library
# have to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Each process of the tests has a Spark session of its own and takes some 3 GiB.
TEST_PROCESSES ?= 2

.PHONY: install demo test check lint types docs clean

install: $(VENV)/installed

demo: $(VENV)/installed
	$(BIN)/maillage demo

test: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(TEST_PROCESSES) --dist loadfile

check: test

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

docs: $(VENV)/installed-dev
	$(BIN)/python docs/generate/reference.py build/pages
	$(BIN)/zensical build --strict --clean

$(VENV)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Maillage needs Python 3.11 or later, this is " + sys.version.split()[0] + ". Mend: make PYTHON=/path/to/python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/installed: setup.cfg pyproject.toml constraints.txt | $(VENV)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/installed-dev: setup.cfg pyproject.toml constraints.txt | $(VENV)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) build .cache *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
