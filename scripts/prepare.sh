# Shared by `up` and `test`: brings a Debian or Ubuntu machine to where they can work. Sourced, not run.
# Each step says what it does, shows that it is alive, and ends with a clear message when something cannot be had.

CALLED_FROM=$PWD
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LOG=$(mktemp "${TMPDIR:-/tmp}/assessor-setup.XXXXXX.log")
cd "$ROOT"

fail() { # what went wrong, what to do
  printf '\n✗ %s\n  %s\n' "$1" "$2" >&2
  exit 3
}

# step TITLE COMMAND…: runs the command quietly with a sign of life every few seconds; shows the log's end when it fails.
step() {
  local title=$1 began=$SECONDS worker status
  shift
  printf '• %s …' "$title" >&2
  "$@" >>"$LOG" 2>&1 </dev/null &
  worker=$!
  local ticks=0
  while kill -0 "$worker" 2>/dev/null; do
    sleep 0.2
    ticks=$((ticks + 1))
    if [ $((ticks % 50)) -eq 0 ]; then printf ' %ss' $((SECONDS - began)) >&2; fi
  done
  if wait "$worker"; then
    printf ' done (%ss)\n' $((SECONDS - began)) >&2
  else
    status=$?
    printf ' failed\n' >&2
    tail -n 25 "$LOG" >&2
    return "$status"
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_be_root() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

apt_has_lists() { [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mmin -1440 -print -quit 2>/dev/null)" ]; }

apt_install() { # packages…
  command -v apt-get >/dev/null || fail "This machine has no apt-get, and these are missing: $*" "Install them with your own package manager and call me again."
  may_be_root || fail "These Debian packages are missing: $*" "Run: sudo apt-get install $*   (or call me as root)."
  if ! apt_has_lists; then step "Reading the package lists" as_root apt-get update || fail "apt-get update failed." "Check the network and /etc/apt/sources.list."; fi
  step "Installing $*" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    fail "apt-get could not install: $*" "The lines above say why."
}

prepare_python() { # lock file
  command -v python3 >/dev/null || apt_install python3 python3-venv
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "python3 is $(python3 -V 2>&1), and 3.11 or newer is needed." "Install a newer Python and put it first in PATH."
  python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install python3-venv
  local stamp
  stamp=$(cat "$1" pyproject.toml | sha256sum | cut -d' ' -f1)
  if [ "$(cat .venv/prepared-"$(basename "$1")" 2>/dev/null)" = "$stamp" ]; then return; fi
  [ -x .venv/bin/python ] || step "Making .venv" python3 -m venv .venv || fail "python3 -m venv failed." "The lines above say why."
  step "Installing Python packages" .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r "$1" ||
    fail "The Python packages could not be installed." "Check that the Python package index can be reached; every file is checked against $1."
  step "Installing the command" .venv/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e . ||
    fail "The project itself could not be installed into .venv." "The lines above say why."
  echo "$stamp" >".venv/prepared-$(basename "$1")"
}

docker_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

wait_for_docker() {
  for _ in $(seq 1 60); do
    docker_answers && return 0
    sleep 0.5
  done
  return 1
}

start_docker() {
  if [ -d /run/systemd/system ]; then
    as_root systemctl start docker
  else
    # No init system: start the daemon ourselves, detached, its log where Docker's usually is.
    as_root sh -c 'rm -f /var/run/docker.pid /run/docker/containerd/containerd.pid; setsid nohup dockerd >>/var/log/dockerd.log 2>&1 </dev/null &'
  fi
  wait_for_docker
}

prepare_docker() {
  if [ -n "${DOCKER_HOST:-}" ]; then
    docker_answers || fail "No Docker Engine answers at DOCKER_HOST=$DOCKER_HOST." "Start it, or unset DOCKER_HOST to use this machine's."
    return
  fi
  command -v docker >/dev/null && docker_answers && return
  command -v dockerd >/dev/null || apt_install docker.io
  if [ -S /var/run/docker.sock ] && [ ! -w /var/run/docker.sock ]; then
    fail "You may not use the Docker Engine of this machine." "Run: sudo usermod -aG docker $(id -un)   and sign in again, or call me as root."
  fi
  may_be_root || fail "The Docker Engine is not running." "Start it (sudo systemctl start docker) and call me again."
  step "Starting the Docker Engine" start_docker || fail "The Docker Engine did not start." "See /var/log/dockerd.log or: journalctl -u docker"
}

# Whether the engine was given crun, a runtime that makes containers with less effort, and it works on this machine: with version 2 of
# control groups Docker and crun may not agree about how limits are changed.
crun_works() {
  docker info --format '{{json .Runtimes}}' 2>/dev/null | grep -q '"crun"' || return 1
  local box works
  box=$(docker run -d --rm -i --runtime crun --network none --memory 64m --entrypoint /bin/cat assessor-sandbox:core 2>/dev/null) || return 1
  docker update --memory 65m --memory-swap 65m "$box" >/dev/null 2>&1 && works=0 || works=1
  docker rm -f "$box" >/dev/null 2>&1
  return $works
}

prepare_sandbox() {
  if ! .venv/bin/python -c 'import sys; from sandbox.building import missing; sys.exit(bool(missing()))' 2>/dev/null; then
    # Where no image registry answers, the base image is made from this machine's own package sources.
    [ -n "${ASSESSOR_BASE_IMAGE:-}" ] || command -v mmdebstrap >/dev/null || ! command -v apt-get >/dev/null || apt_install mmdebstrap
  fi
  .venv/bin/assessor sandbox build || fail "The sandbox image could not be built." "The lines above say why; ASSESSOR_BASE_IMAGE names another base image."
  if [ -z "${ASSESSOR_RUNTIME:-}" ] && crun_works; then export ASSESSOR_RUNTIME=crun; fi
}
