# Every target with a ## comment is shown by `make help`.
# ARGS goes to the tool behind the target: make test ARGS='-run R13 ./internal/lifecycle'

GO      ?= go
BIN     := bin/vedette
TOOL    := $(GO) tool -modfile=.ci/tools.mod
TESTENV := $(GO) run ./internal/testenv/run
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X github.com/vedettehq/vedette/internal/telemetry.version=$(VERSION)
PACKAGES = $(if $(ARGS),$(ARGS),./...)

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

.PHONY: run-local
run-local: build ## run everything in one process, with the sample shop and its monitors
	$(BIN) run $(ARGS)

.PHONY: migrate-local
migrate-local: build ## bring the schema of the application database up to date
	$(BIN) migrate up $(ARGS)

.PHONY: down-local
down-local: ## forget the local data: the embedded store and the sample shop
	rm -rf data

.PHONY: run
run: build ## run the binary: make run ARGS='monitor list'
	$(BIN) $(ARGS)

.PHONY: build
build: ## build the binary into bin/
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/vedette

.PHONY: test
test: ## run the tests; what is missing for some of them is told at the end
	$(TESTENV) $(GO) test $(PACKAGES)

.PHONY: check
check: format-check typecheck linter generated-check test-race ## all that a change has to pass

.PHONY: test-race
test-race: ## run the tests with the race detector
	$(TESTENV) $(GO) test -race -timeout 20m $(PACKAGES)

.PHONY: format
format: ## format the code
	$(TOOL) golangci-lint fmt

.PHONY: format-check
format-check: ## fail if the formatter would change something
	$(TOOL) golangci-lint fmt --diff

.PHONY: linter
linter: ## run the linters, the import layers among them
	$(TOOL) golangci-lint run $(PACKAGES)

.PHONY: typecheck
typecheck: ## go vet and staticcheck
	$(GO) vet $(PACKAGES)
	$(TOOL) staticcheck $(PACKAGES)

.PHONY: generate
generate: ## write the generated files anew
	$(GO) generate ./...

.PHONY: generated-check
generated-check: ## fail if a generated file, go.mod or go.sum is not current
	$(GO) mod tidy -diff
	$(GO) generate ./...
	git diff --exit-code -- docs internal resources

.PHONY: bench
bench: ## measure, each figure beside its floor: docs/performance.md
	$(GO) run ./internal/bench $(ARGS)
