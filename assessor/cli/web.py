"""`assessor web`: the HTTP side alone. One process with many threads; needs the database, never the Docker Engine."""

from __future__ import annotations

import errno
import socket
import sys
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from assessor.cli.heartbeat import Heartbeat, own_place
from assessor.cli.options import data_option, host_option, port_option
from assessor.database import Database
from assessor.errors import BadInput
from assessor.logs import start_logging
from assessor.settings import Settings, load_settings

SWITCH_S = 0.001
"""After so long a thread lets another go on that waits for the interpreter: Python's own five times that are waited for at each
statement, with the database's write lock in hand."""


@click.command()
@host_option
@port_option
@data_option
def command(host: str | None, port: int | None, data: str | None) -> None:
    """Serve the pages and the API. Needs the database; judging is `assessor worker`'s."""
    start_logging()
    run_web(load_settings(host=host, port=port, data_dir=data))


def run_web(settings: Settings) -> None:
    """Migrate, then serve until told to stop."""
    require_free_port(settings)
    settings.make_data_dir()
    database = Database(settings.url_of_database)
    database.migrate()
    database.close()
    Server(settings).run()


def require_free_port(settings: Settings) -> None:
    """Say so in words when the port cannot be had, before anything else is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            if error.errno == errno.EADDRINUSE:
                raise BadInput(
                    f"Port {settings.port} is taken on {settings.host}. Stop what uses it, or choose another with --port."
                ) from error
            raise BadInput(f"Cannot listen on {where}: {error.strerror}. Choose another with --host and --port.") from error


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with our settings: gthread, one process, no control socket, no request recycling."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        options: dict[str, Any] = {
            "bind": f"{host}:{self.settings.port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": self.settings.threads,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 15,
            "control_socket_disable": True,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "assessor web",
            "limit_request_line": 8190,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        from web.app import create_app  # wired here, in the server's own process, after the fork

        sys.setswitchinterval(SWITCH_S)
        app = create_app(self.settings)
        Heartbeat(app.extensions["assessor_database"], own_place(self.settings)).start()
        return app
