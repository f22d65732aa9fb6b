"""The Docker Engine's client: all requests to it go through here, and whatever it throws comes out as `SandboxFailure`."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import docker
import docker.errors
import requests.exceptions
from docker.api.client import APIClient

from sandbox.spec import SandboxFailure

DOCKER_TIMEOUT_S = 20
"""A candidate may be waiting for the answer: an engine or a runtime that hangs must be noticed while that can be borne."""
PING_TIMEOUT_S = 5


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

    def remove(self, container_id: str) -> None:
        """Kill and remove it. That it is gone, or going, already is as good: a box ends by itself with its stream."""
        with translating_errors():
            try:
                self.api.remove_container(container_id, force=True, v=True)
            except docker.errors.APIError as error:
                if error.status_code not in (404, 409):
                    raise


def socket_of(attached: Any) -> socket.socket:
    """The socket under what the library returns; for a local Docker that is a file-like wrapper."""
    inner = getattr(attached, "_sock", attached)
    assert isinstance(inner, socket.socket)
    return inner
