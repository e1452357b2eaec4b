# make demo    a demo school on http://127.0.0.1:8000 (PORT=, DEMO_DIR=); Ctrl-C stops it
# make test    the whole test suite (ARGS= goes to pytest); make check = everything but the tests
# make help    the rest

PORT ?= 8000
DEMO_DIR ?= ./demo-data
ARGS ?=
export PYTHON PORT DEMO_DIR

SHELL := /bin/sh
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCKED := install --require-hashes --only-binary :all: --requirement
EDITABLE := install --no-deps --no-build-isolation --editable .

# All paths are relative: make cannot name a target in a folder with a space in its name.
PO := $(wildcard translations/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
POT := build/messages.pot
EXTRACT := $(BIN)/pybabel --quiet extract --mapping-file pyproject.toml \
	--keywords lazy_gettext --keywords lazy_ngettext:1,2 --keywords lazy_pgettext:1c,2 \
	--omit-header --no-location --sort-output --output-file $(POT) checkin
UPDATE := $(BIN)/pybabel --quiet update --domain messages --input-file $(POT) \
	--output-dir translations --omit-header --no-fuzzy-matching --ignore-obsolete

# Two pips at once in one .venv would spoil it.
.NOTPARALLEL:

.PHONY: setup setup-tests demo demo-fresh test thorough check adversary faults fuzz documents site pictures sbom audit \
	bench format lint types contracts \
	catalogues catalogues-compiled catalogues-fresh lock update clean help

setup: .venv/runs.stamp catalogues-compiled  ## make .venv and compile the catalogues
	@:

setup-tests: .venv/tests.stamp catalogues-compiled  ## the same, with what the tests need
	@:

# exec: Ctrl-C and kill reach the server itself, so that make leaves nothing running behind.
demo: setup  ## serve the demo school; it goes on where it was
	@exec $(BIN)/checkin demo --port "$$PORT" --dir "$$DEMO_DIR"

demo-fresh: setup  ## serve the demo school anew
	@exec $(BIN)/checkin demo --port "$$PORT" --dir "$$DEMO_DIR" --fresh

test: setup-tests  ## run the test suite
	@sh tools/install_for_tests.sh
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

thorough: setup-tests  ## run the other cases of what `make test` tries: some twenty minutes
	@sh tools/install_for_tests.sh
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "thorough and not long" $(ARGS)

adversary: setup-tests  ## try every attack on the promise, the long ones too, and print what came of it
	@sh tools/install_for_tests.sh
	@$(BIN)/python -m tools.scorecard adversary

faults: setup-tests  ## fail power, disk, network and processes, at length, and print what was lost
	@sh tools/install_for_tests.sh
	@$(BIN)/python -m tools.scorecard faults

fuzz: setup-tests  ## send strange things to every JSON route and every reader (SECONDS=30 for each)
	@$(BIN)/python -m tools.fuzz $(or $(SECONDS),30)

documents: .venv/tests.stamp  ## write docs/openapi.json and the tables in docs/security anew
	@$(BIN)/python -m tools.openapi
	@$(BIN)/python -m tools.security_pages

site: .venv/runs.stamp  ## write the documents and guides as pages, into build/site
	@$(BIN)/python -m tools.make_site

pictures: setup-tests  ## take the pictures of the README and the guides anew, from a demo of its own
	@$(BIN)/python -m tools.take_pictures

sbom: .venv/tests.stamp  ## write build/sbom.cdx.json: what checkin is made of, for who checks it
	@$(BIN)/python -m tools.sbom

audit: setup-tests  ## compute what the release rule gives away and costs, exactly
	@$(BIN)/python -m tools.audit_release

check: format lint types contracts catalogues-fresh  ## everything but the tests

bench: setup-tests  ## measure it beside its floors and targets (some minutes; ONLY=taps,tablet)
	@$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY))

format: .venv/tests.stamp
	@$(BIN)/ruff format --check .

lint: .venv/tests.stamp
	@$(BIN)/ruff check .

# Also as it is on Windows and on a Mac, so that what only Linux has does not come in unseen.
types: .venv/tests.stamp
	@for system in linux darwin win32; do \
		$(BIN)/mypy --platform $$system --cache-dir .mypy_cache/$$system || exit 1; done

contracts: .venv/tests.stamp
	@$(BIN)/lint-imports --no-logo

catalogues: .venv/runs.stamp  ## bring the staff catalogues up to date with the source
	@mkdir -p build
	@$(EXTRACT)
	@$(UPDATE)

catalogues-compiled: $(MO)
	@:

catalogues-fresh: .venv/runs.stamp
	@mkdir -p build
	@$(EXTRACT)
	@$(UPDATE) --check 2>/dev/null || { echo "A catalogue is behind its source: run 'make catalogues'." >&2; exit 1; }
	@$(BIN)/python -m tools.check_catalogues $(PO)

lock:  ## renew both requirements files (UPGRADE=--upgrade takes newer versions)
	@PATH="$(CURDIR)/$(BIN):$$PATH"; command -v uv >/dev/null || \
		{ echo "make lock needs uv: $(BIN)/pip install uv" >&2; exit 1; }; \
	lock="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header $(UPGRADE)"; \
	$$lock --group build pyproject.toml --output-file requirements.txt && \
	$$lock --group dev --constraint requirements.txt pyproject.toml \
		--output-file requirements-dev.txt

update: .venv/made-in  ## fetch the newest version, build it and bring the database along; then restart the server
	@MAKE="$(MAKE)" $(BIN)/python -m tools.update

clean:  ## remove what make made; the demo's files stay
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f $(MO)

help:
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' Makefile | expand -t 16

# Headerless catalogues count as fuzzy for Babel; single fuzzy messages fail catalogues-fresh.
%.mo: %.po | .venv/runs.stamp
	@$(BIN)/pybabel --quiet compile --use-fuzzy --input-file $< --output-file $@ \
		--locale $(word 2,$(subst /, ,$@))

# A .venv that came along with a copied folder still points to where it was made: begin again.
ifneq ($(shell cat .venv/made-in 2>/dev/null),$(shell pwd -P))
.PHONY: .venv/made-in
$(shell rm -f .venv/runs.stamp .venv/tests.stamp)
endif

.venv/made-in:
	@sh tools/make_venv.sh

.venv/runs.stamp: requirements.txt pyproject.toml | .venv/made-in
	@echo "Installing what checkin needs into .venv ..."
	@$(PIP) $(LOCKED) requirements.txt
	@$(PIP) $(EDITABLE)
	@touch $@

.venv/tests.stamp: requirements-dev.txt pyproject.toml | .venv/made-in
	@echo "Installing what checkin and its tests need into .venv ..."
	@$(PIP) $(LOCKED) requirements-dev.txt
	@$(PIP) $(EDITABLE)
	@touch $@ .venv/runs.stamp
