# Two commands on a fresh machine: make demo, make test. Everything is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: demo test check complexity search bench fuzz pictures docs clean

$(VENV)/ready-run: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/ready-dev: $(VENV)/ready-run pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,dev]'
	touch $@

# make demo ARGS="FOLDER --no-open"
demo: $(VENV)/ready-run
	$(BIN)/fwa demo $(ARGS)

test: $(VENV)/ready-dev
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(VENV)/ready-dev complexity
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# fails, with their names, if functions are too complex (cyclomatic complexity over 20)
complexity: $(VENV)/ready-dev
	@found="$$($(BIN)/radon cc --min D --show-complexity fwanalysis)"; \
	if [ -n "$$found" ]; then echo "$$found"; echo "error: functions with a cyclomatic complexity over 20" >&2; exit 1; fi

# the property tests, with twenty times as many random examples
search: $(VENV)/ready-dev
	$(BIN)/python -m pytest -n auto -m hypothesis --hypothesis-profile=search $(ARGS)

# relative speed, compared within one run; not run by make test
bench: $(VENV)/ready-dev
	$(BIN)/python -m bench $(ARGS)

# corrupted files for every reader; not run by make test
fuzz: $(VENV)/ready-dev
	$(BIN)/python -m bench.fuzz $(ARGS)

# the pictures of the README, made from the running program
pictures: $(VENV)/ready-run
	$(BIN)/python -m docs.pictures

# the command-line reference, from the program's own help
docs: $(VENV)/ready-run
	$(BIN)/python -m docs.cli_reference

clean:
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
