# syntax=docker/dockerfile:1
# The image holds one static binary with just the plugins that CONFIGS_FILE
# enables. A configuration that needs another one is refused at start, in words
# that name this build argument.
#
#   docker build --build-arg CONFIGS_FILE=configs/sqs.yaml -t vedette .
#   docker buildx build --platform linux/amd64,linux/arm64 ...

ARG GO_VERSION=1.26

# The toolchain runs on the builder's own platform and compiles for the target's:
# emulation would be many times slower.
FROM --platform=$BUILDPLATFORM golang:${GO_VERSION}-bookworm AS source
WORKDIR /src
ENV CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-mod=readonly
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .

FROM source AS tags
ARG CONFIGS_FILE=configs/local.yaml
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    go run ./cmd/vedette plugin tags --config "${CONFIGS_FILE}" > /tags \
    && cp "${CONFIGS_FILE}" /configs.yaml

FROM source AS build
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=dev
COPY --from=tags /tags /tags
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    GOOS="${TARGETOS}" GOARCH="${TARGETARCH}" go build -trimpath -tags "$(cat /tags)" \
    -ldflags "-s -w -X github.com/vedettehq/vedette/internal/telemetry.version=${VERSION}" \
    -o /out/vedette ./cmd/vedette \
    && mkdir -p /out/state /out/monitors

FROM scratch
ARG VERSION=dev
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="vedette" \
      org.opencontainers.image.description="Watches the invariants of a business" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=tags /configs.yaml /etc/vedette/configs.yaml
COPY --from=build --chown=65532:65532 /out/monitors /etc/vedette/monitors
COPY --from=build --chown=65532:65532 /out/state /var/lib/vedette
COPY --from=build /out/vedette /usr/local/bin/vedette
ENV PATH=/usr/local/bin \
    CONFIGS_FILE=/etc/vedette/configs.yaml
# A number, so that an orchestrator can tell that it is not root.
USER 65532:65532
WORKDIR /var/lib/vedette
EXPOSE 8000 8001
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --start-interval=1s --retries=3 \
    CMD ["vedette", "healthcheck"]
ENTRYPOINT ["vedette"]
CMD ["run"]
