# The service's own image: `assessor web` by default, `assessor worker` where the Docker socket is mounted. Not root.
# Without a registry: --build-arg BASE=<any Debian image>. Without an index: put wheels into deploy/wheels and
# --build-arg PIP_NO_INDEX=1. Nothing of the build stage but the finished environment reaches the image.
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS python
RUN command -v python3 >/dev/null || \
    (apt-get update && apt-get install -y --no-install-recommends python3 ca-certificates && rm -rf /var/lib/apt/lists/*)

FROM python AS build
ARG PIP_NO_INDEX=
RUN python3 -c 'import ensurepip, venv' 2>/dev/null || \
    (apt-get update && apt-get install -y --no-install-recommends python3-venv && rm -rf /var/lib/apt/lists/*)
RUN python3 -m venv /opt/assessor
COPY deploy/wheels /wheels
COPY requirements.lock /src/
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_FIND_LINKS=/wheels PIP_NO_INDEX=${PIP_NO_INDEX}
RUN /opt/assessor/bin/pip install --require-hashes -r /src/requirements.lock
COPY pyproject.toml README.md /src/
COPY assessor /src/assessor
COPY bench /src/bench
COPY challenges /src/challenges
COPY sandbox /src/sandbox
COPY web /src/web
RUN /opt/assessor/bin/pip install --no-deps --no-build-isolation /src && /opt/assessor/bin/pip uninstall -y pip

FROM python
RUN useradd --system --uid 10001 --create-home --home-dir /data assessor
COPY --from=build /opt/assessor /opt/assessor
USER 10001
WORKDIR /data
ENV PATH=/opt/assessor/bin:/usr/bin:/bin PYTHONUNBUFFERED=1 ASSESSOR_HOST=0.0.0.0 ASSESSOR_PORT=8000 ASSESSOR_DATA_DIR=/data
EXPOSE 8000
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["assessor"]
CMD ["web"]
