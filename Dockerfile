# syntax=docker/dockerfile:1
# The production image. SQLite, libpq and libmariadb are Debian packages, which receive security updates.
#   docker build -t sojourn .
# To use another mirror or images pinned by digest: --build-arg BUILD_IMAGE=… --build-arg RUN_IMAGE=…
ARG BUILD_IMAGE=docker.io/library/rust:1.95-slim-bookworm
ARG RUN_IMAGE=docker.io/library/debian:bookworm-slim

# hadolint ignore=DL3006
FROM ${BUILD_IMAGE} AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev libmariadb-dev libpq-dev libsqlite3-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# The cache mounts retain the registry and compiled dependencies between builds.
# The binary is copied because a cache mount is not part of the layer.
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/src/target,sharing=locked \
    cargo build --release --locked --package sojourn --no-default-features --features mysql \
    && install -D --mode=0755 target/release/sojourn /out/sojourn

# hadolint ignore=DL3006
FROM ${RUN_IMAGE}
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libmariadb3 libpq5 libsqlite3-0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 sojourn \
    && useradd --system --uid 10001 --gid sojourn --home-dir /var/lib/sojourn --shell /usr/sbin/nologin sojourn \
    && install -d --owner=sojourn --group=sojourn --mode=0750 /var/lib/sojourn
COPY --from=build /out/sojourn /usr/local/bin/sojourn
ENV SOJOURN_ENV=production \
    SOJOURN_LISTEN=0.0.0.0:8080 \
    SOJOURN_DATA_DIR=/var/lib/sojourn
USER 10001:10001
WORKDIR /var/lib/sojourn
VOLUME /var/lib/sojourn
EXPOSE 8080
# On SIGTERM the server accepts no new connections and finishes requests in flight. Orchestrators check health over HTTP
# (/livez, /readyz) or with `sojourn health`, so the image needs no HTTP client.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/sojourn"]
CMD ["serve"]
