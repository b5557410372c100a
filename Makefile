# 扫码学法. "make help" lists every target.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes

# Settings given on the command line, as in "make run PORT=8001", reach the server.
ifdef PORT
export PORT
endif
ifdef DATABASE_URL
export DATABASE_URL
endif
ifdef PUBLIC_URL
export PUBLIC_URL
endif

.DEFAULT_GOAL := help
.PHONY: help run test lint format screenshots lock clean

help: ## List every target
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: $(VENV)/installed ## Install, prepare the database and serve on 0.0.0.0:8000 (PORT=, DATABASE_URL=, PUBLIC_URL=)
	@$(BIN)/flask prepare
	@exec $(BIN)/flask serve

test: $(VENV)/installed-dev ## Run every test on SQLite and PostgreSQL, and in a browser (ARGS= goes to pytest)
	@sh tools/install_browser.sh
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/installed-dev ## Check style, types, architecture, migrations and the shipped questions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py tests/test_routes.py tests/test_migrations.py tests/test_shipped_banks.py
	$(BIN)/flask questions inspect

format: $(VENV)/installed-dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(VENV)/installed-dev ## Take README's pictures again from the running product
	@sh tools/install_browser.sh
	$(BIN)/python -m tools.screenshots

lock: $(VENV)/installed-dev ## Lock the dependencies of requirements*.in with hashes
	for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" $$name.in --output-file $$name.txt || exit 1; \
	done

clean: ## Remove the environment and caches; var/ with the data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@sh tools/make_environment.sh $(PYTHON) $(VENV)

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "正在安装依赖（只在首次或升级后进行）……"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@$(PIP) -r requirements-dev.txt
	@touch $@
