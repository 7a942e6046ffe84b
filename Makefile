# What can be made here. Every target sets up what it needs in .venv, from the hashed lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.locked-$(shell cksum < requirements.lock | tr ' ' '-')

# Setting up empties the folder, and a link would have that of somebody else emptied.
ifneq ($(shell test -L $(VENV) && echo link),)
$(error $(VENV) is a symbolic link: remove it, and `make setup` makes a folder of its own)
endif

export NO_MKDOCS_2_WARNING := 1
export PYTHONDONTWRITEBYTECODE := 1

.DELETE_ON_ERROR:
.PHONY: help setup site offline serve check pages review handbook pocket sheet schema types test test-wide test-all mutants format engines lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements.lock
	@echo "setting up $(VENV) from requirements.lock"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "error: python3-venv is missing (Debian: apt install python3-venv)"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

setup: $(STAMP) ## set up .venv and nothing else

site: $(STAMP) ## check the content and build the site, with handbook, ward sheets and offline copy, into site/
	$(BIN)/python -m generator site
	@echo "site/index.html is ready"

offline: $(STAMP) ## build the edition that opens from a folder alone: site-offline/ and site-offline.zip
	$(BIN)/python -m generator site --offline

serve: $(STAMP) ## show the site on http://127.0.0.1:8000/, and each change as it is saved
	$(BIN)/python -m generator serve

check: $(STAMP) ## report every problem of the content
	$(BIN)/python -m generator check $(if $(FORMAT),--format $(FORMAT))

pages: $(STAMP) ## write the generated pages into docs/ without building the site
	$(BIN)/python -m generator build

review: $(STAMP) ## show what the content here changes since BASE, such as main, in review/index.html and review/comment.md
	@.ci/review "$(or $(BASE),main)"

handbook pocket: $(STAMP) ## typeset handbook.pdf, or pocket.pdf with all ward sheets; PAPER=us-letter makes another size
	$(BIN)/python -m generator $@ $(if $(PAPER),--paper $(PAPER))

sheet: $(STAMP) ## typeset a ward sheet, such as that of OF=indications/scleromyxedema
	$(BIN)/python -m generator sheet $(OF) $(if $(PAPER),--paper $(PAPER))

schema: $(STAMP) ## write the JSON Schemas that editors use
	$(BIN)/python -m generator schema

TYPES := tools/frontend/node_modules/.package-lock.json
$(TYPES): tools/frontend/package-lock.json
	@npm ci --prefix tools/frontend --ignore-scripts --no-audit --no-fund --silent
	@touch $@

types: $(TYPES) ## check the types of what runs in the browser (needs node)
	tools/frontend/node_modules/.bin/tsc -p tools/frontend/tsconfig.json
	tools/frontend/node_modules/.bin/tsc -p tools/frontend/tsconfig.worker.json

# One process more than there are cores: in a browser and in another process a test mostly waits.
PYTEST := $(BIN)/python -m pytest -n $(shell expr $$(nproc 2> /dev/null || echo 2) + 1) --dist loadfile --no-loadscope-reorder
test: $(STAMP) ## run the quick tests, the linter and the type checker
	@.ci/browser
	$(PYTEST) -m "not slow and not wide"

test-wide: $(STAMP) ## run the quick tests that go through every page, query or source: they gate a change too
	@.ci/browser
	$(PYTEST) -m "wide and not slow"

test-all: $(STAMP) ## run the rest: slow tests, and properties again with many more examples
	@.ci/browser
	$(PYTEST) -m "slow or wide or hypothesis" --hypothesis-profile full

MUTANTS := .venv-mutants
MUTANTS_STAMP := $(MUTANTS)/.locked-$(shell cat tools/mutants.lock 2>/dev/null | cksum | tr ' ' '-')
$(MUTANTS_STAMP): tools/mutants.lock
	@$(PYTHON) -m venv --clear $(MUTANTS)
	@$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/mutants.lock
	@touch $@

mutants: $(STAMP) $(MUTANTS_STAMP) ## set small bugs in a copy, and list those that no test notices (half an hour or more)
	$(MUTANTS)/bin/python -m tools.mutants --tests-with $(BIN)/python $(if $(COUNT),--count $(COUNT)) $(if $(ONLY),--only $(ONLY))

format: $(STAMP) ## format the Python code
	$(BIN)/ruff check --fix generator tests tools
	$(BIN)/ruff format generator tests tools

engines: site ## build the same pages with ProperDocs and with Zensical, and compare them with the site
	.ci/engine properdocs
	.ci/engine zensical

UV := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --upgrade
lock: ## renew the pins of all packages, from pyproject.toml and engines/*.in (needs uv)
	$(UV) --group test pyproject.toml -o requirements.lock
	$(UV) --constraint requirements.lock --group mutants -o tools/mutants.lock
	$(UV) --constraint requirements.lock engines/properdocs.in -o engines/properdocs.lock
	$(UV) --constraint requirements.lock engines/zensical.in -o engines/zensical.lock

clean: ## remove what was built, and .venv
	rm -rf tools/frontend/node_modules site review site-offline site-offline.zip .cache .venv .venv-properdocs .venv-zensical .venv-mutants .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
