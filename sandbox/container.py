"""One box's container: made, attached to, started, and destroyed."""

from __future__ import annotations

import logging
import threading

from sandbox import hardening, images, protocol, steps
from sandbox.compiling import preload
from sandbox.cores import usable_cores
from sandbox.engine import Engine, socket_of, translating_errors
from sandbox.languages import LANGUAGES
from sandbox.ordering import blaming_ourselves
from sandbox.spec import SandboxFailure
from sandbox.steps import Step
from sandbox.stream import Stream

log = logging.getLogger(__name__)

READY_TIMEOUT_S = 30.0
DONE_ALL_THE_SAME = "cannot set kernel memory with cgroupv2"
"""What crun says of a limit that Docker's versions until the autumn of 2025 always send along, after it has set the others."""
LEAVING_S = 0.25
"""How long a box may take to end by itself once its stream has: to be killed costs the engine a third more than that."""


class BoxContainer:
    """One running container whose supervisor has answered; implements `ordering.Container` and `pool.Warm`."""

    def __init__(
        self, engine: Engine, image_id: str, owner: str, memory_kib: int, runtime: str, held: set[str], core: int | None = None
    ) -> None:
        """`held` has its id in it for as long as there is a container to hold. With `core` it runs on that one only."""
        self._engine = engine
        self._traits = hardening.traits(runtime)
        self._held = held
        self.image_id = image_id
        self.memory_bytes = hardening.memory_bytes(memory_kib)
        self._stream: Stream | None = None
        self._started = False
        self.core = core
        steps.reached(Step.BOX_WANTED)
        self.id = self._created(owner, memory_kib, runtime)
        held.add(self.id)
        try:
            steps.reached(Step.BOX_CREATED)
            self._start()
            steps.reached(Step.BOX_READY)
        except BaseException:
            # Not waited for: what did not start may hang once more when it is removed, and a candidate waits.
            threading.Thread(target=self.destroy, name="sandbox-undo", daemon=True).start()
            raise

    def _created(self, owner: str, memory_kib: int, runtime: str) -> str:
        config = hardening.profile(self.image_id, owner, memory_kib, runtime, self.core)
        try:
            with translating_errors():
                return str(self._engine.api.create_container_from_config(config)["Id"])  # type: ignore[no-untyped-call]
        except SandboxFailure as failure:
            if self.core is None or failure.retry:
                raise
            log.warning("sandbox.not_pinned core=%s error=%s", self.core, failure)
            self.core = None
            return self._created(owner, memory_kib, runtime)

    def _start(self) -> None:
        with translating_errors(asked_rightly=True):
            # Attached before it starts: nothing can be missed, and nothing is buffered on the way.
            self._attached = self._engine.api.attach_socket(self.id, {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1})
            self._stream = Stream(socket_of(self._attached))
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
        if size_bytes == self.memory_bytes or not self._traits.changes_limits:
            return
        try:
            with translating_errors():
                self._engine.api.update_container(self.id, mem_limit=size_bytes, memswap_limit=size_bytes)
        except SandboxFailure as failure:
            if DONE_ALL_THE_SAME not in str(failure):
                raise
        self.memory_bytes = size_bytes

    def pin(self, core: int | None) -> None:
        """Let it run on this core only, or on every one. Where that cannot be had it stays, which is only less steady."""
        if core == self.core or not self._traits.changes_limits:
            return
        cores = usable_cores() if core is None else (core,)
        try:
            with translating_errors():
                self._engine.api.update_container(self.id, cpuset_cpus=",".join(map(str, cores)))
            self.core = core
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
            self._engine.remove(self.id)
        except SandboxFailure as failure:
            log.warning("sandbox.not_removed container=%s error=%s", self.id[:12], failure)

    def preload(self, image: str) -> None:
        """Start the interpreter of this image's preloading language while nobody waits, for a program of the usual name."""
        language = next((x for x in LANGUAGES.values() if x.preloads and images.tag(x.image) == image), None)
        if language is None:
            return
        try:
            with blaming_ourselves():
                self.send(preload(language, language.source_name), READY_TIMEOUT_S)
                protocol.read_done(self.read_frame(READY_TIMEOUT_S))
        except SandboxFailure:
            self.destroy()
            raise
