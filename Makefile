# Every command of the project. Nothing is needed but make and python3, 3.11 or newer (another one: make PYTHON=python3.12 …).
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := bot handlers models reports rules scheduler services
CATALOGS := $(wildcard locales/*/LC_MESSAGES/messages.po)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< && touch $@

.PHONY: run test check format messages migration bench lock
.DELETE_ON_ERROR:

run: .venv/run.stamp .venv/catalogs.stamp .venv/compiled.stamp
	@$(BIN)/python bot.py run

# The browser's driver keeps an event loop running in its process, so its tests get one of their own.
# Options of pytest may be added: make test TESTS="tests/rules -x", -m "not postgresql" for SQLite alone.
test: .venv/test.stamp .venv/catalogs.stamp .venv/compiled.stamp
	@$(BIN)/python -m pytest --quiet tests/browser
	@$(BIN)/python -m pytest --ignore tests/browser $(TESTS)

# mypy reads bot.py and bot/ as the same module; so it is run for each.
check: .venv/test.stamp .venv/catalogs.stamp
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy .
	$(BIN)/mypy bot.py
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python -m pytest --quiet tests/test_catalogs.py tests/test_conventions.py

format: .venv/test.stamp
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

messages: .venv/test.stamp
	$(BIN)/python locales/update.py
	@$(MAKE) --no-print-directory .venv/catalogs.stamp

migration: .venv/test.stamp
	@test -n "$(name)" || { echo 'make migration name="What changes"'; exit 2; }
	@rm -f .venv/schema.db
	$(BIN)/alembic -x url=sqlite:///.venv/schema.db upgrade head
	$(BIN)/alembic -x url=sqlite:///.venv/schema.db revision --autogenerate -m "$(name)"

bench: .venv/bench.stamp .venv/catalogs.stamp .venv/compiled.stamp
	@$(BIN)/python -m bench

# Needs uv (https://docs.astral.sh/uv/); each lock agrees with the one before.
LOCK = uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url
lock:
	$(LOCK) --extra test --extra bench -o requirements-bench.lock
	$(LOCK) --extra test -c requirements-bench.lock -o requirements-test.lock
	$(LOCK) -c requirements-test.lock -o requirements.lock

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Another one is named so: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv && touch $@

.venv/run.stamp: requirements.lock | .venv/made.stamp
	$(INSTALL)

.venv/test.stamp: requirements-test.lock | .venv/made.stamp
	$(INSTALL) && touch .venv/run.stamp

.venv/bench.stamp: requirements-bench.lock | .venv/made.stamp
	$(INSTALL)

.venv/catalogs.stamp: $(CATALOGS) | .venv/run.stamp
	@$(BIN)/pybabel --quiet compile -d locales && touch $@

# As pip does it for the libraries: no start has to compile, even where the environment forbids to keep what is compiled.
.venv/compiled.stamp: $(shell find $(PACKAGES) -name '*.py') | .venv/made.stamp
	@$(BIN)/python -m compileall -q $(PACKAGES) && touch $@
