# Every task of the house. `make demo` and `make test` are the two that a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test test-kafka compose-test secrets check bench bench-peers chaos lock schemas clean

demo: .venv/embedded ## start the platform, play Shaanxi's drive, print the board, go on serving
	$(BIN)/gonglian demo $(ARGS)

test: .venv/dev ## all tests
	$(BIN)/python -m pytest $(ARGS)

# Native where Java and Maven are, in a container where a Docker engine answers, on GONGLIAN_TEST_KAFKA where it is set.
test-kafka: .venv/dev ## what meets a broker, on real Kafka 4; says which broker couldn't run, and why
	$(BIN)/python -m pytest -rs --kafka native,container,cluster $(ARGS) tests/integration

compose-test: .venv/dev ## the platform in containers, killed piece by piece; skips where no Docker engine answers
	$(BIN)/python -m pytest tests/compose -rs $(ARGS)

secrets: .venv/embedded ## write .env for docker compose; never over one that is there
	$(BIN)/gonglian secrets $(ARGS)

check: .venv/dev ## style, types, import rules, schema gate
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m contracts.schema_gate check

bench: .venv/dev ## ratios in one run, written to docs/benchmarks.md
	$(BIN)/python -m bench $(ARGS)

bench-peers: .venv/dev .venv-peers/done ## a rebuild beside QuixStreams' and Debezium's PostgreSQL sinks, on a native Kafka
	$(BIN)/python -m bench --kafka native $(ARGS) peers

chaos: .venv/dev ## kill, freeze, cut and restart while officers write, then judge; ARGS="--seed 7 --kills 100 --events 200000 --minutes 30"
	$(BIN)/python -m tests.chaos $(ARGS)

schemas: .venv/dev ## write the golden schemas; refuses an incompatible change
	$(BIN)/python -m contracts.schema_gate write

lock: .venv/dev ## pin requirements again, with hashes and without an index address
	cd requirements && compile() { ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$$@"; } && \
	  compile peers.in -o peers.txt && compile run.in -o run.txt && compile run.in embedded.in -o embedded.txt && compile run.in embedded.in dev.in -o dev.txt

.venv/embedded: requirements/embedded.txt pyproject.toml
	$(call install,embedded)

.venv/dev: requirements/dev.txt pyproject.toml
	$(call install,dev)
	touch .venv/embedded

.venv-peers/done: requirements/peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements/peers.txt
	@touch $@

define install
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the $(1) requirements into .venv …"
	@$(PIP) install --quiet --require-hashes -r requirements/$(1).txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@
endef

clean: ## forget the environment, the native Kafka and the platform's data
	rm -rf .venv .venv-peers .kafka .gonglian
