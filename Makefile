# Everything the project does, by name. `make` alone lists it.
#
# Needs Python 3.11 or newer with its venv module; Node comes from PyPI into .venv.
#   PYTHON=/path/to/python3.11     which Python makes the virtual environment
#   TORCH_INDEX=URL                where else to look for PyTorch, e.g. https://download.pytorch.org/whl/cpu

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
FROM := $(if $(TORCH_INDEX),--extra-index-url "$(TORCH_INDEX)")

# The first Python that is new enough and can make virtual environments (Debian packages venv apart).
CAN_MAKE_VENV := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3.11 python3.12 python3.13 python3.14 python3 python
PYTHON ?= $(shell for p in $(CANDIDATES); do \
	$$p -c '$(CAN_MAKE_VENV)' 2>/dev/null && { command -v $$p; break; }; done)

# ---------------------------------------------------------------- use

serve: $(VENV)/.site static/dist/.built ## install what is missing, build the front end, serve http://127.0.0.1:8000
	$(PY) -m app

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# ---------------------------------------------------------------- check

test: $(VENV)/.dev static/dist/.built ## all tests: front end, library, gallery, service, browser
	tools/npm run test
	$(PY) -m tools.chromium --install
	$(PY) -m pytest $(TESTS)

unit: $(VENV)/.dev ## the fast tests of the library alone
	$(PY) -m pytest -m unit $(TESTS)

lint: $(VENV)/.dev static/node_modules/.installed ## ruff, pyright, svelte-check, eslint, prettier, hadolint
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pyright
	tools/npm run check
	tools/npm run lint
	$(VENV)/bin/hadolint Dockerfile

format: $(VENV)/.dev static/node_modules/.installed ## rewrite the Python as ruff formats it, the front end as prettier does
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .
	tools/npm run format

bench: $(VENV)/.dev static/dist/.built ## measure recording, encoding, serving and drawing
	$(PY) -m tools.chromium --install
	$(PY) -m benchmarks

# ---------------------------------------------------------------- make

train: $(VENV)/.dev ## train an example's networks again: make train EXAMPLE=names
	@test -n "$(EXAMPLE)" || { echo "say which: make train EXAMPLE=names" >&2; exit 2; }
	$(PY) -m models.$(EXAMPLE).train

evaluate: $(VENV)/.dev ## measure an example on its development part, or on a file: make evaluate EXAMPLE=names [DATA=path]
	@test -n "$(EXAMPLE)" || { echo "say which: make evaluate EXAMPLE=names [DATA=path]" >&2; exit 2; }
	@$(PY) -m models.evaluate "$(EXAMPLE)" $(if $(DATA),"$(DATA)") $(if $(VARIANT),--variant "$(VARIANT)")

wire: $(VENV)/.dev static/node_modules/.installed ## write the OpenAPI document again, and the front end's types from it
	$(PY) -m app.openapi > docs/openapi.json
	tools/npm run wire

pictures: static/node_modules/.installed ## draw static/src/fixtures/pictures again, which the tests compare: look at the difference
	tools/npm run pictures

screenshots: $(VENV)/.dev static/dist/.built ## draw the pictures of docs/images again
	$(PY) -m tools.chromium --install
	$(PY) -m tools.screenshots

thumbnails: $(VENV)/.dev ## draw the small picture of each example's first run again
	$(PY) -m tools.thumbnails

readme: $(VENV)/.dev ## print the README's tables again, from settings and cards
	$(PY) -m tools.readme

lock: $(VENV)/.dev ## pin anew what these commands install, as pyproject.toml allows it today
	$(PY) -m tools.lock

clean: ## remove everything that these commands made
	rm -rf $(VENV) static/dist static/node_modules unrolled/viewer/built

# ---------------------------------------------------------------- set-up

$(PY):
	@test -n "$(PYTHON)" || { \
	  echo "Unrolled needs Python 3.11 or newer with its venv module, and found none of: $(CANDIDATES)." >&2; \
	  echo "Install one (Debian, Ubuntu: apt-get install python3 python3-venv), or say where: make PYTHON=/path/to/python3.11" >&2; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)

# Each stamp is younger than what it was made from, so a second run skips it.
$(VENV)/.site: pyproject.toml $(wildcard requirements/*) | $(PY)
	@echo "Installing PyTorch, FastAPI and Node into $(VENV) (the first time takes a minute or two)"
	@$(PIP) install --quiet --require-hashes -r requirements/front-end.txt
	@$(PIP) install --quiet $(FROM) -r requirements/torch.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.site
	@echo "Installing what tests and training need into $(VENV)"
	@$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

static/node_modules/.installed: static/package.json static/package-lock.json | $(VENV)/.site
	tools/npm ci
	@touch $@

FRONT_END := $(shell find static/src static/public -type f 2>/dev/null) $(wildcard static/*.ts static/*.js static/*.json)

static/dist/.built: $(FRONT_END) static/node_modules/.installed
	tools/npm run build
	@touch $@

.PHONY: serve help test unit lint format bench train evaluate wire pictures screenshots readme lock clean
