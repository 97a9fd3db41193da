# Two commands matter: `make demo` (the main job) and `make test` (everything that must hold).
# Both set up what they need in .venv, once: each stamp is newer than its lock and pyproject.toml. `make demo` needs the
# first lock only (what runs scenarios and writes reports), `make test` also the second (what tests and checks).
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
# The locks are complete, for every system and Python: no dependency is looked for, so that no new release of anything
# matters, and pip (22.3 or newer) takes no file but those whose hashes are written there.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps
LOCKED := $(INSTALL) --require-hashes
# The package is compiled once, whatever the machine's habit is: the tests start some hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE
# A worker a core; who has nothing left to do takes from the others.
SIDE_BY_SIDE := -n auto --maxprocesses 8 --dist worksteal

.PHONY: demo test setup lint types contracts tests documents coverage bench large fuzz durability randomised soak \
  goldens ablate comparison picture notebooks rule-breakers privacypass-ts lock clean

demo: $(RUNTIME)
	$(BIN)/mimi-sim run scenarios
	@echo
	@echo "Next, one attack step by step, and the run as a page to click through:"
	@echo
	@echo "    $(BIN)/mimi-sim run scenarios/malicious/forwarded-deliver-message.yaml -v --trace traces"
	@echo "    $(BIN)/mimi-sim report traces -o report.html"

test: lint types contracts tests

setup: $(DEV)

$(RUNTIME): requirements.lock pyproject.toml
	@.ci/venv $(VENV) $(PYTHON)
	@$(LOCKED) -r requirements.lock
	@$(INSTALL) --no-build-isolation -e .
	@$(BIN)/python -m pip check --disable-pip-version-check >/dev/null || $(BIN)/python -m pip check
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing what the tests need (once) ..."
	@$(LOCKED) -r requirements-dev.lock
	@$(BIN)/python -m pip check --disable-pip-version-check >/dev/null || $(BIN)/python -m pip check
	@touch $@

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

contracts: $(DEV)
	$(BIN)/lint-imports

tests: $(DEV)
	$(BIN)/pytest $(SIDE_BY_SIDE)

# Every command that README and guides show, with what they show; `make test` runs those of some pages.
documents: $(DEV)
	MIMI_ALL_DOCUMENTS=1 $(BIN)/pytest $(SIDE_BY_SIDE) tests/test_documents.py

# The same tests, with the lines and branches that none of them reaches. Apart, for it takes nearly twice the time.
coverage: $(DEV)
	$(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report=term:skip-covered

# What the simulator costs, each thing beside a baseline of the same run; no test depends on it.
bench: $(DEV)
	$(BIN)/mimi-sim bench

# One group of 1,000 members at 200 providers with 2,000 users, in one process: a minute and a half, 600 MB.
large: $(DEV)
	$(BIN)/mimi-sim run scenarios/fanout/large.yaml --draft mimi-transport-00 -j 1 --set providers=200 --set users=10

# Long runs, all of them sweeps: fuzz, durability, randomised, ablate. JOBS is how many runs go side by side, CLUSTER a Dask
# scheduler that does them instead, DRAFT the one to look at. Called again each goes on where it stopped; with other
# options it begins in a folder of its own. After a change of the code that folder is refused: `make clean` removes all.
JOBS ?= 2
ENGINE = $(if $(CLUSTER),--cluster $(CLUSTER),-j $(JOBS))
IN_DRAFT = $(if $(DRAFT),--draft $(DRAFT))
comma := ,
named = $(subst $(comma),-,$(subst /,-,$(subst ..,-,$(1))))$(if $(DRAFT),-$(notdir $(DRAFT)))

# Findings are written into the folder of the results, with how to send them again.
CASES ?= 100000
SEED ?= 1
FUZZED ?= .fuzz/$(call named,$(CASES)-$(SEED))
fuzz: $(DEV)
	$(BIN)/mimi-sim fuzz --cases $(CASES) --seed $(SEED) $(ENGINE) -o $(FUZZED) $(IN_DRAFT)

# Random operations, and lookups that are paid for with tokens, while providers crash, stores fail, clocks jump and answers
# lie, and while processes of providers are killed: what was accepted arrives once, no token is lost or spent twice.
durability: SEEDS ?= 1..20
DURABILITY ?= .durability/$(call named,$(SEEDS))
KILLED ?= .durability/killed/$(call named,$(SEEDS))
durability: $(DEV)
	$(BIN)/mimi-sim sweep scenarios/experiments/durability.yaml --seeds $(SEEDS) $(ENGINE) -o $(DURABILITY) $(IN_DRAFT)
	$(BIN)/mimi-sim sweep scenarios/experiments/killed-processes.yaml --seeds $(SEEDS) $(ENGINE) -o $(KILLED) $(IN_DRAFT)

# Random operations while network and providers fail, a run for each seed.
randomised: SEEDS ?= 1..200
RANDOMISED ?= .randomised/$(call named,$(SEEDS))
randomised: $(DEV)
	$(BIN)/mimi-sim sweep scenarios/resilience/random-operations.yaml scenarios/tokens/random-operations.yaml \
	  --seeds $(SEEDS) --set operations=120 $(ENGINE) -o $(RANDOMISED) $(IN_DRAFT)

# A long run: a federation that stays up for a day of traffic and noise; memory and disk before and after. See tests/soak.
MESSAGES ?= 20000
soak: $(DEV)
	$(BIN)/python -m tests.soak --messages $(MESSAGES)

# What the shipped scenarios send in each draft, as text; `make test` compares every run with it. Look at the difference
# before committing it.
goldens: $(DEV)
	rm -rf tests/golden_traces
	@for draft in $$($(BIN)/python -c 'from simulator.drafts import DRAFTS; print(*(each.name for each in DRAFTS))'); do \
	  $(BIN)/mimi-sim run scenarios --draft $$draft -j 2 --record tests/golden_traces || exit 1; done

# What each rule stops: every rule is taken away in turn, and the scenarios tell. Exit code 1 where a rule is missed by
# none of them and nobody says why. Stopped, it goes on where it was. `make test` looks at a few rows.
ablate: $(DEV)
	$(BIN)/mimi-sim ablate scenarios $(ENGINE) --keep .ablation -o scenarios/ABLATION.md && rm -r .ablation

# What becomes of each attack in each draft, as the README shows it.
comparison: $(DEV)
	$(BIN)/mimi-sim compare scenarios/malicious -j 2 -o .github/comparison.svg

# External providers that each do not keep one rule, as processes of their own: each must be caught, with the rule's ID.
rule-breakers: $(DEV)
	$(BIN)/python -m tests.interop.rule_breakers $(if $(DRAFT),--draft $(DRAFT))

# Tokens with Cloudflare's privacypass-ts, both ways, over HTTPS: npm installs it into tests/interop/node. Where there is
# no node or no npm registry, the reason is printed and nothing is run; `make test` needs neither.
privacypass-ts: $(DEV)
	$(BIN)/python -m tests.interop.privacypass_ts

# What the lessons show, anew.
notebooks: $(DEV)
	$(BIN)/python -m tests.notebooks

# The README's picture, from a run of the attack that it shows.
picture: $(DEV)
	$(BIN)/python -m tests.picture

# The locks hold the newest versions that fit pyproject.toml, with the hashes of their files, for all systems. The second
# holds what tests and benchmarks need, in the versions of the first where both have something.
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: $(DEV)
	$(COMPILE) --extra report --group build --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra bench --extra cluster --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage .hypothesis .fuzz .ablation .durability .randomised
