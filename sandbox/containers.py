"""Everything that talks to Docker at run time: makes containers, attaches to them, destroys them."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import docker
import docker.errors
import requests.exceptions
from docker.api.client import APIClient

from sandbox import hardening, images, protocol, steps
from sandbox.artefacts import ArtefactStore
from sandbox.boxes import SupervisedBox
from sandbox.compiling import first_memory_kib, preload
from sandbox.cores import Cores
from sandbox.health import Health
from sandbox.languages import LANGUAGES, Language
from sandbox.ordering import blaming_ourselves
from sandbox.pool import Pool
from sandbox.spec import SandboxFailure
from sandbox.steps import Step
from sandbox.strays import STRAY_AFTER_S, Strays
from sandbox.stream import Stream

log = logging.getLogger(__name__)

DOCKER_TIMEOUT_S = 20
"""A candidate may be waiting for the answer: an engine or a runtime that hangs must be noticed while that can be borne."""
PING_TIMEOUT_S = 5
READY_TIMEOUT_S = 30.0
LEAVING_S = 0.25
"""How long a box may take to end by itself once its stream has: to be killed costs the engine a third more than that."""
IMAGE_ID_S = 5.0
CLOSE_S = 15.0
"""What is not removed then goes by itself when the process ends, or is swept at the next start."""
WITHOUT_PRELOADING = ("runsc",)
"""Runtimes in which a program may not be the child of another process than the one that forked it, as far as is known."""
USUAL_MEMORY_KIB = 2048 * 1024
"""What a warm box allows before anybody has asked for something else: what a compiler may use."""


@contextlib.contextmanager
def translating_errors(*, asked_rightly: bool = False) -> Iterator[None]:
    """Turns whatever Docker and the way to it throw into `SandboxFailure`. `asked_rightly`: that a request is called a bad one
    means that the runtime below could not carry it out, which may pass.
    """
    try:
        yield
    except docker.errors.ImageNotFound as error:
        raise SandboxFailure(
            f"a sandbox image is missing ({error.explanation}): run `assessor sandbox build`", retry=False
        ) from error
    except docker.errors.APIError as error:
        wrong_request = error.status_code in (400, 403) and not asked_rightly
        raise SandboxFailure(f"Docker refused: {error.explanation or error}", retry=not wrong_request) from error
    except (docker.errors.DockerException, requests.exceptions.RequestException, OSError) as error:
        raise SandboxFailure(f"Docker cannot be reached: {error}", retry=True) from error


class Engine:
    """A client for each thread: the library's session is not made to be shared."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._answered_at = float("-inf")

    @property
    def api(self) -> APIClient:
        client = getattr(self._local, "client", None)
        if client is None:
            with translating_errors():
                client = docker.from_env(timeout=DOCKER_TIMEOUT_S).api
            self._local.client = client
        assert isinstance(client, APIClient)
        return client

    def image_id(self, image: str) -> str:
        """What the name stands for now: a box is made of just that, so that nobody can be mistaken about what is in it."""
        with translating_errors():
            return str(self.api.inspect_image(image)["Id"])  # type: ignore[no-untyped-call]

    def answers(self, lately_s: float = 0.0) -> bool:
        """Whether the engine answers a ping within a few seconds, or has done so in the last `lately_s`."""
        if time.monotonic() - self._answered_at < lately_s:
            return True
        try:
            client = getattr(self._local, "pinger", None) or docker.from_env(timeout=PING_TIMEOUT_S).api
            self._local.pinger = client
            if not client.ping():
                return False
            self._answered_at = time.monotonic()
            return True
        except (docker.errors.DockerException, requests.exceptions.RequestException, OSError):
            self._local.pinger = None
            self._answered_at = float("-inf")
            return False


class BoxContainer:
    """One running container whose supervisor has answered; implements `boxes.Container` and `pool.Warm`."""

    def __init__(self, engine: Engine, image_id: str, owner: str, memory_kib: int, runtime: str, held: set[str]) -> None:
        """`held` has the container's id in it for as long as there is a container to hold."""
        self._engine = engine
        self._traits = hardening.traits(runtime)
        self._held = held
        self.image_id = image_id
        self.memory_bytes = hardening.memory_bytes(memory_kib)
        self._stream: Stream | None = None
        self._started = False
        config = hardening.profile(image_id, owner, memory_kib, runtime)
        steps.reached(Step.BOX_WANTED)
        with translating_errors():
            self.id: str = engine.api.create_container_from_config(config)["Id"]  # type: ignore[no-untyped-call]
        held.add(self.id)
        try:
            steps.reached(Step.BOX_CREATED)
            self._start()
            steps.reached(Step.BOX_READY)
        except BaseException:
            # Not waited for: what did not start may hang once more when it is removed, and a candidate waits.
            threading.Thread(target=self.destroy, name="sandbox-undo", daemon=True).start()
            raise

    def _start(self) -> None:
        with translating_errors(asked_rightly=True):
            # Attached before it starts: nothing can be missed, and nothing is buffered on the way.
            self._attached = self._engine.api.attach_socket(self.id, {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1})
            self._stream = Stream(_socket_of(self._attached))
            self._engine.api.start(self.id)
            self._started = True
        steps.reached(Step.BOX_STARTED)
        with blaming_ourselves():
            self.send(protocol.ping(), READY_TIMEOUT_S)
            ready = protocol.read_ready(self.read_frame(READY_TIMEOUT_S))
        if ready.version != protocol.VERSION:
            raise SandboxFailure(
                "the sandbox image belongs to another version of this program: run `assessor sandbox build`", retry=False
            )

    def send(self, data: bytes, timeout_s: float) -> None:
        assert self._stream is not None
        self._stream.send(data, timeout_s)

    def read_frame(self, timeout_s: float) -> bytes:
        assert self._stream is not None
        return self._stream.read_frame(timeout_s)

    def frames_here(self) -> list[bytes]:
        assert self._stream is not None
        return self._stream.frames_here()

    def fileno(self) -> int:
        assert self._stream is not None
        return self._stream.fileno()

    def allow_memory(self, size_bytes: int) -> None:
        """Set the container's memory limit, if it is another one and the runtime can change it."""
        if size_bytes == self.memory_bytes or not self._traits.changes_memory:
            return
        with translating_errors():
            self._engine.api.update_container(self.id, mem_limit=size_bytes, memswap_limit=size_bytes)
        self.memory_bytes = size_bytes

    def pin(self, core: int) -> None:
        """Let it run on one core only. Where that cannot be had it runs on any, which is only less steady."""
        try:
            with translating_errors():
                self._engine.api.update_container(self.id, cpuset_cpus=str(core))
        except SandboxFailure as failure:
            log.warning("sandbox.not_pinned container=%s core=%s error=%s", self.id[:12], core, failure)

    def alive(self) -> bool:
        return self._stream is not None and self._stream.open()

    def destroy(self) -> None:
        """Let it end, or kill it, and have it removed; a failure is logged, `DockerSandbox.sweep_strays` finds the rest."""
        self._held.discard(self.id)
        steps.reached(Step.BOX_REMOVING)
        ended = self._started and self._stream is not None and self._stream.farewell(LEAVING_S)
        if self._stream is not None:
            self._stream.close()
            self._attached.close()  # the library's own hold on the same socket
        if not ended:  # otherwise the engine removes it, as its profile says
            self._remove()
        steps.reached(Step.BOX_REMOVED)

    def _remove(self) -> None:
        try:
            _remove(self._engine, self.id)
        except SandboxFailure as failure:
            log.warning("sandbox.not_removed container=%s error=%s", self.id[:12], failure)


class DockerSandbox:
    """Implements `sandbox.spec.Sandbox` with Docker containers from a warm pool.

    `owner` labels the containers, so that `sweep_orphans` finds what a dead process of the same owner has left: give every
    worker that may run at the same time as another its own. Nothing is started before the first box is asked for.
    With `cores` each box in use is pinned to one of them, see `sandbox.cores`.
    `preloading` false starts an interpreter of its own for every run, as is done in any case with a runtime that cannot do it.
    """

    artefacts: ArtefactStore | None = None
    """Where compiled programs are kept; without it every program is compiled."""

    def __init__(
        self,
        runtime: str = "",
        warm_boxes: int = 2,
        owner: str = "assessor",
        *,
        preloading: bool = True,
        cores: tuple[int, ...] = (),
    ) -> None:
        self._runtime = runtime
        self._owner = owner
        self.preloading = preloading and runtime not in WITHOUT_PRELOADING
        self._engine = Engine()
        self._cores = Cores(cores)
        self._alive: set[str] = set()
        self._in_use: set[str] = set()
        self._image_ids: dict[str, tuple[str, float]] = {}
        self._memory_kib: dict[str, int] = {}  # by image, what was last needed: the next one will need the same
        self._strays = Strays()
        self._unborn = Strays()
        self._health = Health(self._try_one)
        self._pool: Pool[BoxContainer] = Pool(self._make, warm_boxes)
        self._runtime_in_use: str | None = runtime or None

    @contextlib.contextmanager
    def box(self, language: Language, memory_kib: int) -> Iterator[SupervisedBox]:
        """A box for `language` in which one run may use up to `memory_kib`, destroyed when the with-block ends."""
        started = time.perf_counter()
        image = images.tag(language.image)
        self._memory_kib[image] = first_memory_kib(language, memory_kib)
        container = self._pool.take(image)
        self._in_use.add(container.id)
        core = self._cores.take()
        try:
            if core is not None:
                container.pin(core)
            steps.reached(Step.BOX_TAKEN)
            acquire_ms = round((time.perf_counter() - started) * 1000)
            box = SupervisedBox(
                container, language, memory_kib, runtime=self.runtime, acquire_ms=acquire_ms, preloading=self.preloading
            )
            box.artefacts = self.artefacts
            yield box
        finally:
            self._alive.discard(container.id)
            self._in_use.discard(container.id)
            self._cores.give_back(core)
            self._pool.discard(container)
        steps.reached(Step.BOX_LEFT)

    @property
    def owner(self) -> str:
        """What the containers are labelled with."""
        return self._owner

    @property
    def runtime(self) -> str:
        """The container runtime in use, by Docker's name for it."""
        if self._runtime_in_use is None:
            with translating_errors():
                self._runtime_in_use = str(self._engine.api.info().get("DefaultRuntime", "runc"))
        return self._runtime_in_use

    def runtimes(self) -> set[str]:
        """The container runtimes the engine knows, by its names for them."""
        with translating_errors():
            return set(self._engine.api.info().get("Runtimes", ()))

    def answers(self, lately_s: float = 0.0) -> bool:
        """Whether the Docker Engine is there, or was in the last `lately_s`; quick: a worker asks before it takes work on."""
        return self._engine.answers(lately_s)

    def able(self, lately_s: float = 0.0) -> bool:
        """Whether the engine is there, or was in the last `lately_s`, and makes boxes: a worker asks before it takes work on.
        Quick while all is well; after a box could not be made the first to ask tries one."""
        return self.answers(lately_s) and self._health.able()

    @property
    def trouble(self) -> str:
        """Why no box could be made when one was wanted last; empty when one was made since."""
        return self._health.trouble

    def warm_up(self, languages: tuple[str, ...] = ("python3",)) -> None:
        """Start keeping boxes ready for these languages."""
        for language in languages:
            self._pool.want(images.tag(LANGUAGES[language].image))

    def ready(self, language: Language) -> int:
        """How many warm boxes wait for a program in this language."""
        return self._pool.ready(images.tag(language.image))

    def sweep_orphans(self, *owners: str) -> int:
        """Remove everything that processes which no longer live have left; without names, what earlier ones of our own name
        have. Returns how many."""
        dead = set(owners or (self._owner,))
        boxes = self._labelled(hardening.BOX_LABEL)
        return self._remove_all({box["Id"] for box in boxes if (box.get("Labels") or {}).get(hardening.OWNER_LABEL) in dead})

    def sweep_strays(self, patience_s: float = STRAY_AFTER_S) -> int:
        """Remove what nobody has held for `patience_s` of looking: containers of our own that were made, or should have been
        removed, while the engine was away and its answer was lost, and anybody's that were never started, which only a process
        leaves that was killed while making them. Returns how many. Call it now and then."""
        strays = self._strays.among({container["Id"] for container in self._mine()} - self._alive, patience_s)
        created = self._labelled(hardening.BOX_LABEL, status="created")
        unborn = self._unborn.among({container["Id"] for container in created} - self._alive, max(patience_s, STRAY_AFTER_S))
        return self._remove_all(strays | unborn)

    def _mine(self) -> list[dict[str, Any]]:
        return self._labelled(f"{hardening.OWNER_LABEL}={self._owner}")

    def _labelled(self, label: str, **more: str) -> list[dict[str, Any]]:
        with translating_errors():
            found: list[dict[str, Any]] = self._engine.api.containers(all=True, filters={"label": [label]} | more)
        return found

    def _remove_all(self, container_ids: set[str]) -> int:
        for container_id in container_ids:
            _remove(self._engine, container_id)
        return len(container_ids)

    def leftovers(self, patience_s: float = 10.0) -> list[str]:
        """The ids of containers of this owner that are neither ready nor in use, after waiting for those being destroyed."""
        deadline = time.monotonic() + patience_s
        while True:
            left = [container["Id"][:12] for container in self._mine() if container["Id"] not in self._alive]
            if not left or time.monotonic() > deadline:
                return left
            time.sleep(0.1)

    def close(self) -> None:
        """Destroy every box that is waiting or done, strays too; boxes in use go when their with-block ends. Does not wait long
        for an engine that hangs: a box ends with the stream of the process that made it, and the next start sweeps the rest."""
        closed = self._pool.close(CLOSE_S)
        self._alive &= self._in_use
        try:
            if closed and self.answers():
                self.sweep_strays(patience_s=0)
                self.leftovers()
                return
            log.warning("sandbox.not_all_removed owner=%s: the engine does not answer", self._owner)
        except SandboxFailure as failure:
            log.warning("sandbox.strays_not_swept owner=%s error=%s", self._owner, failure)

    def __enter__(self) -> DockerSandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _image_id(self, image: str) -> str:
        """What the name stands for, asked anew every few seconds: an image may be built while the service runs."""
        image_id, since = self._image_ids.get(image, ("", 0.0))
        if time.monotonic() - since > IMAGE_ID_S or not image_id:
            image_id = self._engine.image_id(image)
            self._image_ids[image] = (image_id, time.monotonic())
        return image_id

    def _make(self, image: str) -> BoxContainer:
        try:
            container = self._new(image, self._memory_kib.get(image, USUAL_MEMORY_KIB))
        except SandboxFailure as failure:
            self._health.failed(failure)
            raise
        self._health.made()
        return container

    def _new(self, image: str, memory_kib: int) -> BoxContainer:
        _ = self.runtime  # asked for here, in the background, rather than by the first submission
        container = BoxContainer(self._engine, self._image_id(image), self._owner, memory_kib, self._runtime, self._alive)
        if self.preloading:
            _preload(container, image)
        return container

    def _try_one(self) -> None:
        """A usual box, which shows whether it is the engine that is in trouble or what was asked of it."""
        self._new(images.tag(images.USUAL[0]), USUAL_MEMORY_KIB).destroy()
        self._health.made()


def _preload(container: BoxContainer, image: str) -> None:
    """Start the interpreter of this image's preloading language while nobody waits for it, for a program of the usual name."""
    language = next((x for x in LANGUAGES.values() if x.preloads and images.tag(x.image) == image), None)
    if language is None:
        return
    try:
        with blaming_ourselves():
            container.send(preload(language, language.source_name), READY_TIMEOUT_S)
            protocol.read_done(container.read_frame(READY_TIMEOUT_S))
    except SandboxFailure:
        container.destroy()
        raise


def _remove(engine: Engine, container_id: str) -> None:
    """Kill and remove it. That it is gone, or going, already is as good: a box ends by itself with its stream."""
    with translating_errors():
        try:
            engine.api.remove_container(container_id, force=True, v=True)
        except docker.errors.APIError as error:
            if error.status_code not in (404, 409):
                raise


def _socket_of(attached: Any) -> socket.socket:
    """The socket under what the library returns; for a local Docker that is a file-like wrapper."""
    inner = getattr(attached, "_sock", attached)
    assert isinstance(inner, socket.socket)
    return inner
