# Every target with a ## comment is shown by `make help`.
# ARGS goes to the tool behind the target: make test ARGS='-run R13 ./internal/lifecycle'

GO      ?= go
BIN     := bin/vedette
TOOL    := $(GO) tool -modfile=.ci/tools.mod
TESTENV := $(GO) run ./internal/testenv/run
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X github.com/vedettehq/vedette/internal/telemetry.version=$(VERSION)
BUILD    = echo 'make: building $(BIN), which takes a minute or two the first time' >&2 && CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/vedette
PACKAGES = $(if $(ARGS),$(ARGS),./...)
# What is left out tests a binary, which the race detector does not look into.
IN_PROCESS = $(shell $(GO) list ./... | grep -vE '/internal/(e2e|chaos)$$')

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

# The -local and -dev targets use Docker Compose if an engine answers, and else the
# binary and this checkout; docker/engine remembers which.
SECRETS    = $(if $(wildcard .env.secrets),--env-file .env.secrets)
COMPOSE    = VERSION=$(VERSION) docker compose $(SECRETS) -f docker/docker-compose
LOCAL      = $(COMPOSE)-local.yml
SCALABLE   = $(COMPOSE)-scalable.yml
DEV        = env UID=$$(id -u) GID=$$(id -g) $(COMPOSE)-dev.yml
DEV_SHELL  = $(DEV) run --rm --service-ports dev
EXECUTORS ?= 2
# Without Docker, development has a store of its own, unless a database is given.
DEV_STORE  = $(if $(DATABASE_APPLICATION)$(shell grep -s '^ *DATABASE_APPLICATION' .env.secrets),,DATABASE_APPLICATION=sqlite://.cache/dev/data/vedette.db )
# with KIND, COMMAND of Docker, COMMAND of the binary
with = @mkdir -p monitors .cache/dev; engine=$$(docker/engine $(1)) || exit 1; if [ "$$engine" = docker ]; then $(2); else $(3); fi

.PHONY: run-local
run-local: ## run everything in one process, with the sample shop and its monitors
	$(call with,local,docker/access docker && $(LOCAL) up --build $(ARGS),$(BUILD) && docker/access binary $(BIN) && exec $(BIN) run $(ARGS))

.PHONY: migrate-local
migrate-local: ## bring the schema of the application database up to date
	$(call with,local,$(LOCAL) run --rm --build migrate,$(BUILD) && $(BIN) migrate up $(ARGS))

.PHONY: down-local
down-local: ## forget the local data: the database or embedded store, and the sample shop
	$(call with,local,$(LOCAL) down --volumes --remove-orphans,rm -rf data)
	@docker/engine local forget

.PHONY: run-scalable
run-scalable: ## run separate roles: EXECUTORS=2; without Docker on the PostgreSQL of DATABASE_APPLICATION
	$(call with,scalable,docker/access docker && EXECUTORS=$(EXECUTORS) $(SCALABLE) up --build $(ARGS),$(BUILD) && EXECUTORS=$(EXECUTORS) exec docker/scalable $(BIN))

.PHONY: migrate-scalable
migrate-scalable: ## bring the schema of the separate roles' database up to date
	$(call with,scalable,$(SCALABLE) run --rm --build migrate,$(BUILD) && VEDETTE_HTTP_ADDRESS=127.0.0.1:8000 $(BIN) --config configs/postgres.yaml migrate up $(ARGS))

.PHONY: down-scalable
down-scalable: ## forget the data of the separate roles; a database of yours is left alone
	$(call with,scalable,$(SCALABLE) down --volumes --remove-orphans,echo "make: nothing is kept here; the data are in the database of DATABASE_APPLICATION" >&2)
	@docker/engine scalable forget

.PHONY: run-dev
run-dev: ## run from the source, mounted into a container with Go
	$(call with,dev,docker/access docker && $(DEV) up $(ARGS),$(DEV_STORE)$(GO) run ./cmd/vedette run $(ARGS))

.PHONY: migrate-dev
migrate-dev: ## bring the schema of the development database up to date
	$(call with,dev,$(DEV_SHELL) go run ./cmd/vedette migrate up $(ARGS),$(DEV_STORE)$(GO) run ./cmd/vedette migrate up $(ARGS))

.PHONY: run-shell-dev
run-shell-dev: ## open a shell in the development container, with vedette on the path
	$(call with,dev,$(DEV_SHELL) sh -c 'go build -o /cache/bin/vedette ./cmd/vedette && exec bash',$(BUILD) && PATH="$(CURDIR)/bin:$$PATH" exec $${SHELL:-sh})

.PHONY: test-dev
test-dev: ## run the tests in the development container
	$(call with,dev,$(DEV_SHELL) make test ARGS='$(ARGS)',$(TESTENV) $(GO) test $(PACKAGES))

.PHONY: down-dev
down-dev: ## forget the development container and its data
	$(call with,dev,$(DEV) down --volumes --remove-orphans,rm -rf .cache/dev/data)
	@docker/engine dev forget

.PHONY: image
image: ## build the image, with the plugins of CONFIGS_FILE=configs/local.yaml
	docker build --build-arg CONFIGS_FILE=$(or $(CONFIGS_FILE),configs/local.yaml) --build-arg VERSION=$(VERSION) \
		--build-arg REVISION=$$(git rev-parse HEAD) --build-arg CREATED=$$(date -u +%Y-%m-%dT%H:%M:%SZ) -t vedette:$(VERSION) $(ARGS) .

.PHONY: run
run: build ## run the binary: make run ARGS='monitor list'
	$(BIN) $(ARGS)

.PHONY: build
build: ## build the binary into bin/
	@$(BUILD)

.PHONY: test
test: ## run the tests; what is missing for some of them is told at the end
	$(TESTENV) $(GO) test $(PACKAGES)

.PHONY: check
check: format-check linter generated-check dashboard-check test-race test-deploy ## all that a change has to pass

.PHONY: test-deploy
test-deploy: ## check Dockerfile, Compose files, manifests and chart
	cd internal/deploytest && $(GO) vet ./... && $(GO) test ./...

.PHONY: test-race
test-race: ## run the tests with the race detector, those that only take long cut short
	$(TESTENV) $(GO) test -race -short -timeout 20m $(or $(ARGS),$(IN_PROCESS))

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
	$(TOOL) golangci-lint run --enable-only govet,staticcheck $(PACKAGES)

.PHONY: generate
generate: ## write the generated files anew
	$(GO) generate ./...

# What the dashboard is bundled with. The bundle is in the repository: who does not
# change the dashboard needs none of it.
WEB          = internal/dashboard/web
NODE_MODULES = $(WEB)/node_modules/.package-lock.json

$(NODE_MODULES): $(WEB)/package-lock.json
	cd $(WEB) && npm ci --ignore-scripts

.PHONY: dashboard
dashboard: $(NODE_MODULES) ## check, test and bundle the dashboard; needs Node
	cd $(WEB) && npm run -s check && npm run -s test && npm run -s build

.PHONY: dashboard-check
dashboard-check: $(NODE_MODULES) ## fail if the dashboard's bundle is not that of its source
	cd $(WEB) && npm run -s check && npm run -s test && node build.mjs ../../../.cache/dashboard
	diff -r .cache/dashboard internal/dashboard/assets

.PHONY: pictures
pictures: ## make the pictures of README and docs/dashboard.md anew; needs Chromium
	VEDETTE_PICTURES=$(CURDIR)/docs/images VEDETTE_TEST_REQUIRE=all $(GO) test -count=1 -run TestBrowser_MakesPictures ./internal/e2e

.PHONY: generated-check
generated-check: ## fail if a generated file, go.mod or go.sum is not current
	$(GO) mod tidy -diff
	$(GO) generate ./...
	git diff --exit-code -- docs internal resources

.PHONY: bench
bench: ## measure, each figure beside its floor: docs/performance.md
	$(GO) run ./internal/bench $(ARGS)

DURATION ?= 5m
.PHONY: chaos
chaos: ## kill, freeze and restart everything for DURATION=5m, and look for what was lost: docs/scaling.md
	$(GO) run ./internal/chaos -duration $(DURATION) $(ARGS)
	VEDETTE_TEST_LONG=1 $(TESTENV) $(GO) test -count=1 -run PreviousSuite ./internal/chaos
