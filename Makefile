# StressLab: everything a person or a machine does with this folder. Needs Debian 12, Swift 6.2+, git, make and root or
# sudo; the rest is installed from here.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test test-baseline test-exclusivity sanitize fuzz places proofs gates bench format lint clean build install documents imports same unit schema

STRESSLAB := .build/release/stresslab
PYTHON := .venv/bin/python

help: ## Say what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: install ## Build, run the flash crash over 10,000 paths, say where the report is
	@swift build -c release --product stresslab
	@$(STRESSLAB) run scenarios/flash-crash.json --overwrite

test: install lint build documents imports same unit ## Run every check (what CI runs)

test-baseline: install ## Test the kernels and markets as built for a machine without fused multiply-add
	@STRESSLAB_CPU=x86-64 swift test -c release --scratch-path .build-baseline --disable-xctest \
	  --filter 'LanesTests|RandomnessTests|MarketsTests'

test-exclusivity: install ## Test desks, markets and runs with exclusive access checked while they run
	@STRESSLAB_EXCLUSIVITY=checked swift test -c release --scratch-path .build-exclusivity --disable-xctest \
	  --filter 'TradingTests|MarketsTests|LabTests|ReportsTests'

sanitize: install ## Test readers, learner and runs under the address and thread sanitizers, which end at the first fault
	@.make/sanitize

fuzz: install ## Run 10,000 extreme documents made from the schemas, and a minute of mutated files through the readers
	@.make/build
	@.make/fuzz/scenarios
	@.make/fuzz/inputs

places: install ## See that a run is the same in other locales, time zones, homes and folders (installs locales as root)
	@swift build -c release --product stresslab
	@.make/places $(STRESSLAB)

proofs: install ## Prove the learner: five gates with known optima over five seeds, and planted mistakes (10 minutes at most)
	@swift build -c release --product prove-learning
	@.build/release/prove-learning
	@.make/needs python3 "that tests fail for planted mistakes" python3 .make/planted.py

gates: install ## Run the gates that take minutes: intervals that cover, and no profit where nothing drifts (a quarter of an hour)
	@.make/build
	@STRESSLAB_GATES=1 swift test -c release --skip-build --disable-testable-imports --disable-xctest --filter 'GateTests'

bench: install ## Time ours and the peers' side by side and hold the goals of this kind of machine
	@.make/install checks
	@.make/python Benchmarks/requirements.txt
	@.make/python docs/import/requirements.txt
	@swift build -c release
	@failed=0; for part in compare compare_learning; do $(PYTHON) Benchmarks/$$part.py || failed=1; done; exit $$failed

format: ## Format the sources in place
	@swift format --in-place --recursive Package.swift Sources Tests Benchmarks

schema: ## Write the JSON Schemas of the documents again, under scenarios/schema
	@swift build -c release --product stresslab
	@mkdir -p scenarios/schema
	@for kind in scenario study agent; do $(STRESSLAB) schema $$kind >scenarios/schema/$$kind.json; done

clean: ## Remove what was built and installed here (reports stay)
	@rm -rf .build .build-baseline .build-exclusivity .build-planted .build-fuzz .build-address .build-thread .venv

# --- the parts of `make test`

install:
	@.make/install build

lint: ## Check format and spelling rules of the sources
	@swift format lint --strict --recursive Package.swift Sources Tests Benchmarks

build:
	@.make/build

# Other people's software judges our documents: Python's jsonschema, by the schema that the program prints.
documents:
	@.make/install checks || true
	@.make/needs python3 "the documents against the printed schema" .make/python .make/requirements.txt
	@.make/needs $(PYTHON) "the documents against the printed schema" $(PYTHON) .make/documents.py $(STRESSLAB)
	@.make/needs $(PYTHON) "the documented queries of the results store" $(PYTHON) .make/queries.py $(STRESSLAB)
	@.make/needs python3 "the figures in the scenarios against their fit" python3 docs/fit/fit_flash_crash.py --check

# Policies of Stable-Baselines3: the library itself makes the examples, and `unit` compares with what it says of them.
# Its packages are large, so a download that fails counts as a missing tool (torch puts torchrun where we look).
imports:
	@.make/needs python3 "the import of policies" .make/python docs/import/requirements.txt || true
	@.venv/bin/python -c 'import torch' 2>/dev/null || .make/python docs/import/requirements-cuda.txt || true
	@.make/needs .venv/bin/torchrun "the import of policies" $(PYTHON) docs/import/test_sb3_policy.py

# A run's digest in the locales that are here, in other time zones, without a home, in a folder with blanks and an ü.
same:
	@.make/needs python3 "that places and languages change no result" .make/places $(STRESSLAB) --installed-locales

# Last, so that the log ends with its closing line. The test bundle is the one `build` made: no second compilation.
unit:
	@swift test -c release --skip-build --disable-testable-imports --disable-xctest
