# Two commands matter: `make demo` (the main job) and `make test` (everything that must hold).
# Both set up what they need in .venv, once: the stamp is newer than the lock file and pyproject.toml.
PYTHON ?= $(firstword $(shell command -v python3.11 python3 python))
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# A worker a core; who has nothing left to do takes from the others.
SIDE_BY_SIDE := -n auto --maxprocesses 8 --dist worksteal

.PHONY: demo test setup lint types contracts tests coverage bench fuzz durability randomised goldens notebooks lock clean

demo: $(STAMP)
	$(BIN)/mimi-sim run scenarios

test: lint types contracts tests

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

tests: $(STAMP)
	$(BIN)/pytest $(SIDE_BY_SIDE)

# The same tests, with the lines and branches that none of them reaches. Apart, for it takes nearly twice the time.
coverage: $(STAMP)
	$(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report=term:skip-covered

# Each prints ratios against a baseline of the same run; no test depends on them.
bench: $(STAMP)
	@for bench in tests/benchmarks/bench_*.py; do \
	  echo "== $$bench"; $(BIN)/python -m tests.benchmarks.$$(basename $$bench .py) || exit 1; done

# A long run; findings are written to .fuzz/ with how to send them again. See tests/fuzz.
CASES ?= 100000
SEED ?= 1
fuzz: $(STAMP)
	$(BIN)/python -m tests.fuzz --cases $(CASES) --seed $(SEED)

# A long run: providers crash, and whole processes are killed, while a story is told RUNS times. See tests/durability.
RUNS ?= 200
durability: $(STAMP)
	$(BIN)/python -m tests.durability.long $(RUNS)

# The long run of the federation test; the tests above run a few seeds. Failures leave a scenario file in .randomised.
SEEDS ?= 200
randomised: $(STAMP)
	$(BIN)/python -W error -m tests.randomised --seeds $(SEEDS)

# What the shipped scenarios send, as text; `make test` compares every run with it. Look at the difference before committing it.
goldens: $(STAMP)
	rm -rf tests/golden_traces
	$(BIN)/mimi-sim run scenarios -j 2 --record tests/golden_traces

# What the lessons show, anew.
notebooks: $(STAMP)
	$(BIN)/python -m tests.notebooks

# The lock holds the newest versions that fit pyproject.toml, with the hashes of their files.
lock: $(STAMP)
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --extra dev \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage .hypothesis .fuzz
