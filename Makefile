# Two commands are enough: `make run` opens the program, `make test` passes the tests.
# Each makes its own environment in .venv from the locked, hashed requirements.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
LOCK := uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11
ARGS ?=
# Compiled code is kept, whatever the machine says: the tests start the program hundreds of times.
export PYTHONDONTWRITEBYTECODE :=
# Twice the processors, for many tests wait for a terminal.
WORKERS = $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) * 2)')

.PHONY: run demo test tests lint format bench faults look lock clean

run: $(VENV)/run.stamp
	@$(BIN)/kinship $(ARGS)

demo: $(VENV)/run.stamp
	@$(BIN)/kinship demo $(ARGS)

# Types are checked beside the tests: each alone leaves a processor idle for a while.
test: $(VENV)/test.stamp
	$(MAKE) -j 2 lint tests

tests: $(VENV)/test.stamp
	$(BIN)/python -m compileall -q src
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/test.stamp $(VENV)/jrnl.stamp
	PYTHONPATH=tests $(BIN)/python benchmarks/run.py $(ARGS)

faults: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n auto tests/faults tests/insight --long $(ARGS)

look: $(VENV)/test.stamp
	PYTHONPATH=tests $(BIN)/python tests/look/pictures.py $(ARGS)
	PYTHONPATH=tests $(BIN)/python tests/look/traced.py
	PYTHONPATH=tests $(BIN)/python tests/look/opened.py

lock:
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) requirements/test.in -o requirements/test.txt
	$(LOCK) requirements/jrnl.in -o requirements/jrnl.txt

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kinship needs Python 3.11 or newer; this is $$($(PYTHON) --version). Name another one: make run PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements/run.txt requirements/build.txt pyproject.toml
	$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# jrnl (GPL) is measured beside kinship and never a part of it: an environment of its own.
$(VENV)/jrnl.stamp: $(VENV)/made.stamp requirements/jrnl.txt
	$(PYTHON) -m venv $(VENV)/jrnl
	@$(VENV)/jrnl/bin/python -m pip --disable-pip-version-check -q install --require-hashes -r requirements/jrnl.txt && touch $@ || echo "jrnl could not be installed; its rows are left out." >&2

$(VENV)/test.stamp: $(VENV)/run.stamp requirements/test.txt
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@
