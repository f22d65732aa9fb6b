"""`assessor worker`: judge what is queued until told to stop. SIGTERM ends it after the submissions in hand."""

from __future__ import annotations

import os
import time

import click
import structlog

from assessor.cli.options import data_option
from assessor.database import Database
from assessor.judging import faults
from assessor.judging.duties import Duties
from assessor.judging.queue import JudgingQueue
from assessor.judging.worker import Worker, worker_name
from assessor.logs import start_logging
from assessor.settings import Settings, load_settings
from sandbox.artefacts import ArtefactStore
from sandbox.containers import DockerSandbox

log = structlog.get_logger(__name__)

END_LOOK_S = 0.5
STALLED = 4
"""The exit status of a worker in which work stood still."""


@click.command()
@click.option("--slots", type=click.IntRange(1, 64), help="Submissions judged at the same time.")
@data_option
def command(slots: int | None, data: str | None) -> None:
    """Judge what is queued. Needs the Docker Engine, the sandbox images and the database."""
    start_logging()
    run_worker(load_settings(slots=slots, data_dir=data))


def artefact_store(settings: Settings) -> ArtefactStore | None:
    """Where this worker keeps compiled programs, if it is to."""
    most = settings.compile_cache_mib << 20
    return ArtefactStore(settings.data_dir / "compiled", most) if most else None


def run_worker(settings: Settings) -> None:
    """The consumer in the main thread, the duties beside it, the sandbox's boxes removed at the end."""
    settings.make_data_dir()
    faults.lay(settings.faults, settings.data_dir)
    database = Database(settings.url_of_database)
    database.migrate()
    queue = JudgingQueue(settings)
    pinned = settings.slots if settings.pin_slots else 0
    with DockerSandbox(settings.runtime, settings.warm_boxes, worker_name(), pinned_slots=pinned) as sandbox:
        sandbox.artefacts = artefact_store(settings)
        worker = Worker(settings, database, sandbox)
        queue.listen(worker.look)
        duties = Duties(settings, database, queue, worker, lambda: end_stalled(worker))
        duties.start()
        log.info("worker started", worker=worker.name, slots=settings.slots)
        consumer = queue.huey.create_consumer(
            workers=settings.slots,
            worker_type="thread",
            periodic=False,
            initial_delay=queue.pause_s,
            max_delay=queue.pause_s,
            backoff=1.0,
            graceful_signal="TERM",
            shutdown_timeout=settings.stop_seconds,
            check_worker_health=True,
        )
        worker.stopping = consumer.stop_flag
        worker.calibration.measure_in_background(worker.stopping)
        try:
            consumer.run()
        finally:
            worker.stopping.set()
            duties.stop()
    database.close()
    log.info("worker stopped", worker=worker.name)


def end_stalled(worker: Worker) -> None:
    """Let the other slots finish, then end at once: a thread that hangs would keep an orderly end waiting, and boxes go with
    their streams. `assessor up`, or whatever runs the worker, starts a fresh one."""
    worker.takes_more = False
    deadline = time.monotonic() + worker.settings.stop_seconds
    try:
        while worker.held.moving() and time.monotonic() < deadline:
            time.sleep(END_LOOK_S)
        worker.give_everything_back()
    finally:
        log.error("worker ends because work stood still", worker=worker.name)
        os._exit(STALLED)
