# The press, one command for each thing a person wants of it. `make help` lists them.
#
# What is up to date in dist/ is decided by `pamphleteer build`, not by make: it knows what a title is
# made of. Make only keeps the environment in step with the lock files, by the two stamps below.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
# Every target uses the one environment; the press itself spreads work over the cores.
.NOTPARALLEL:

BIN := .venv/bin
# One title instead of all of them: make pdf TITLE=socialism
TITLE ?=
# More words for pytest or explain: make test ARGS='-k epub', make explain ARGS=--html
ARGS ?=
# The texts of make score, with their facts.toml
CORPUS ?= tests/corpus
WHICH = $(if $(TITLE),"$(TITLE)")

READY := .venv/.ready-to-run
READY_TO_TEST := .venv/.ready-to-test

# A folder that was moved, or a Python that was removed, leaves an environment that cannot start.
# Both are seen here without starting a process, so that a make with nothing to do stays quick.
ifneq ($(file <.venv/.folder),$(CURDIR))
$(READY) $(READY_TO_TEST): anew
endif
ifeq ($(realpath $(BIN)/python),)
$(READY) $(READY_TO_TEST): anew
endif

.PHONY: all pdf epub booklet check explain setup setup-test test lint format bench score specimens lock clean distclean help anew

all: $(READY) ## Make every edition of every text in seeds/, into dist/
	@$(BIN)/pamphleteer build $(WHICH)

pdf: $(READY) ## Make the typeset pamphlets only (one title: make pdf TITLE=…)
	@$(BIN)/pamphleteer build $(WHICH) --edition pdf

epub: $(READY) ## Make the ebooks only (one title: make epub TITLE=…)
	@$(BIN)/pamphleteer build $(WHICH) --edition epub

booklet: $(READY) ## Make the booklets to print, fold and staple only (one title: make booklet TITLE=…)
	@$(BIN)/pamphleteer build $(WHICH) --edition booklet

check: $(READY) ## Check every PDF and EPUB that is in dist/
	@set --; for f in dist/*/*.pdf dist/*/*.epub; do if [ -e "$$f" ]; then set -- "$$@" "$$f"; fi; done; \
	if [ $$# -eq 0 ]; then echo "dist/ has nothing to check yet. Run make first."; exit 1; fi; \
	$(BIN)/pamphleteer check "$$@"

explain: $(READY) ## Show every repair and its reason (one title: make explain TITLE=…; as a page: ARGS=--html)
	@$(BIN)/pamphleteer explain $(WHICH) $(ARGS)

setup: $(READY) ## Lay out what the press needs (every other target does so by itself)
	@echo "The press is set up. Next: make"

setup-test: $(READY_TO_TEST) ## Lay out what the tests need beyond that: Java, Node, Chromium, qpdf, Poppler
	@echo "The tests are set up. Next: make test"

# The tests are the last to speak, so that the closing line is pytest's.
test: $(READY_TO_TEST) ## Check style and types, then run every test
	@$(MAKE) lint
	@echo "Running the tests"
	@$(BIN)/python -m pytest $(ARGS)

lint: $(READY_TO_TEST) ## Check style and types only
	@echo "Checking style"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet --output-format concise || { echo "Run: make format"; exit 1; }
	@echo "Checking types"
	@$(BIN)/mypy --no-error-summary

format: $(READY_TO_TEST) ## Put the code into the house style
	@$(BIN)/ruff check --quiet --fix --exit-zero --select I
	@$(BIN)/ruff format

bench: $(READY_TO_TEST) ## Measure the press
	@$(BIN)/python -m tests.bench

score: $(READY_TO_TEST) ## Hold the ebooks of known texts against editors' facts (all of them: make score CORPUS=FOLDER)
	@$(BIN)/python -m tests.score $(CORPUS)/facts.toml $(CORPUS) seeds $(ARGS)

specimens: all $(READY_TO_TEST) ## Take the README's pictures anew
	@$(BIN)/python -m tests.specimens

lock: $(READY_TO_TEST) ## Choose newer dependencies and write the lock files anew
	@sh .setup/lock.sh $(BIN)/python

clean: ## Remove everything that was made: dist/ and the caches
	@find dist -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +
	@rm -rf .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build
	@find pipeline tests -name node_modules -prune -o -name __pycache__ -prune -exec rm -rf {} +
	@echo "Removed what was made. Your texts in seeds/ are untouched."

distclean: clean ## Remove the environment as well; the next make sets it up again
	@rm -rf .venv .lock-venv tests/tools/node_modules

help: ## List every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

$(READY): .setup/setup.sh .setup/requirements.txt pyproject.toml
	@sh .setup/setup.sh run
	@touch $@

$(READY_TO_TEST): .setup/setup.sh .setup/requirements.txt .setup/requirements-dev.txt pyproject.toml \
                  tests/tools/package.json tests/tools/package-lock.json
	@sh .setup/setup.sh test
	@touch $(READY) $@
