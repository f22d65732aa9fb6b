"""The sandbox: boxes from a warm pool of containers, and whatever is left of them removed."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from sandbox import hardening, images, steps
from sandbox.artefacts import ArtefactStore
from sandbox.boxes import SupervisedBox
from sandbox.compiling import first_memory_kib
from sandbox.container import BoxContainer
from sandbox.cores import Cores, CoresForSlots
from sandbox.engine import Engine, translating_errors
from sandbox.health import Health
from sandbox.languages import LANGUAGES, Language
from sandbox.pool import Pool
from sandbox.spec import SandboxFailure
from sandbox.steps import Step
from sandbox.strays import STRAY_AFTER_S, Strays

log = logging.getLogger(__name__)

IMAGE_ID_S = 5.0
CLOSE_S = 15.0
"""What is not removed then goes by itself when the process ends, or is swept at the next start."""
WITHOUT_PRELOADING = ("runsc",)
"""Runtimes in which a program may not be the child of another process than the one that forked it, as far as is known."""
USUAL_MEMORY_KIB = 2048 * 1024
"""What a warm box allows before anybody has asked for something else: what a compiler may use."""


class DockerSandbox:
    """Implements `sandbox.spec.Sandbox` with Docker containers from a warm pool.

    `owner` labels the containers, so that `sweep_orphans` finds what a dead process of the same owner has left: give every
    worker that may run at the same time as another its own. Nothing is started before the first box is asked for.
    With `pinned_slots` so many boxes in use have a core each, where there are as many that no other worker has.
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
        pinned_slots: int = 0,
    ) -> None:
        self._runtime = runtime
        self._owner = owner
        self.preloading = preloading and runtime not in WITHOUT_PRELOADING
        self._engine = Engine()
        self._cores = CoresForSlots(pinned_slots, owner, self._taken_cores)
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
        cores = self._cores_for(image)
        container = self._pool.take(image, lambda box: cores.is_free(box.core))
        self._in_use.add(container.id)
        core = cores.take(container.core)
        try:
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
            cores.give_back(core)
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

    def could_use_crun(self) -> bool:
        """Whether the engine knows crun, which makes a box with less effort, does not use it by itself, and agrees with it about
        changed limits. Where there is version 2 of control groups alone, that takes a new engine: `scripts/up` tries it out."""
        with translating_errors():
            info = self._engine.api.info()
        known, default = info.get("Runtimes", ()), info.get("DefaultRuntime", "")
        return "crun" in known and default != "crun" and str(info.get("CgroupVersion", "1")) == "1"

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
        return len(self._pool.ready(images.tag(language.image)))

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

    def _cores_for(self, image: str) -> Cores:
        """None where the runtimes have threads of their own: on one core those would wait for each other."""
        return self._cores.now() if image in map(images.tag, images.PINNED) else Cores(())

    def _taken_cores(self) -> set[tuple[int, str]]:
        """Those for which other workers of this engine have made boxes, and their owners."""
        labels = [box.get("Labels") or {} for box in self._labelled(hardening.CORE_LABEL)]
        taken = {(int(found[hardening.CORE_LABEL]), str(found.get(hardening.OWNER_LABEL))) for found in labels}
        return {(core, owner) for core, owner in taken if owner != self._owner}

    def _mine(self) -> list[dict[str, Any]]:
        return self._labelled(f"{hardening.OWNER_LABEL}={self._owner}")

    def _labelled(self, label: str, **more: str) -> list[dict[str, Any]]:
        with translating_errors():
            found: list[dict[str, Any]] = self._engine.api.containers(all=True, filters={"label": [label]} | more)
        return found

    def _remove_all(self, container_ids: set[str]) -> int:
        for container_id in container_ids:
            self._engine.remove(container_id)
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
            if failure.retry:  # else an image is missing, which has nothing to do with cores
                self._cores.doubt()
            self._health.failed(failure)
            raise
        self._health.made()
        return container

    def _new(self, image: str, memory_kib: int) -> BoxContainer:
        _ = self.runtime  # asked for here, in the background, rather than by the first submission
        core = self._cores_for(image).for_new(box.core for box in self._pool.ready(image))
        container = BoxContainer(self._engine, self._image_id(image), self._owner, memory_kib, self._runtime, self._alive, core)
        if self.preloading:
            container.preload(image)
        return container

    def _try_one(self) -> None:
        """A usual box, which shows whether it is the engine that is in trouble or what was asked of it."""
        self._new(images.tag(images.USUAL[0]), USUAL_MEMORY_KIB).destroy()
        self._health.made()
