"""`assessor up`: the whole service on one machine, as one process tree.

1. look at the port, migrate, make the first people;
2. start the worker and the web process as children, wait until the pages answer;
3. bring the sample library in and wait, on a first start, until what the demo needs is proved and published;
4. print the links;
5. watch the children: one that dies is started again, one that dies three times in a minute ends everything.
SIGTERM and Ctrl-C stop it cleanly: submissions in hand are finished, what is queued stays queued.
"""

from __future__ import annotations

import signal
import sys
import threading

import click

from assessor.cli.children import Child, Children
from assessor.cli.first_start import Links, bring_in_library, make_links, wait_for_library
from assessor.cli.options import data_option, host_option, port_option
from assessor.cli.web import require_free_port
from assessor.clock import utc_now
from assessor.database import Database
from assessor.errors import Broken
from assessor.judging.queue import JudgingQueue
from assessor.people.first_start import ensure_first_people
from assessor.settings import Settings, load_settings


@click.command()
@host_option
@port_option
@data_option
@click.option("--no-demo", is_flag=True, help="Do not bring in the sample library and the demo assessment.")
def command(host: str | None, port: int | None, data: str | None, no_demo: bool) -> None:
    """Start everything on this machine: database, pages, judging. Prints the links to begin with."""
    settings = load_settings(host=host, port=port, data_dir=data)
    require_free_port(settings)
    settings.data_dir = settings.make_data_dir()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    sys.exit(Up(settings, stop, demo=not no_demo).run())


def say(line: str) -> None:
    """A line of progress for whoever watches."""
    click.echo(line, err=True)


class Up:
    """One run of the service."""

    def __init__(self, settings: Settings, stop: threading.Event, demo: bool) -> None:
        self.settings = settings
        self.stop = stop
        self.demo = demo
        self.children = Children(settings)

    def run(self) -> int:
        """Until stopped (0) or broken (3)."""
        database = Database(self.settings.url_of_database)
        say(f"• Database {database.engine.url.render_as_string(hide_password=True)}")
        database.migrate()
        with database.writing() as session:
            ensure_first_people(session, utc_now())
        try:
            with self.children:
                self._start(database)
                return self._watch()
        except Broken as error:
            say(f"✗ {error}")
            return 3
        finally:
            database.close()

    def _start(self, database: Database) -> None:
        if self.demo:
            bring_in_library(database, JudgingQueue(self.settings), say)
        say("• Starting the worker and the pages")
        self.children.start(Child("worker"))
        self.children.start(Child("web"))
        self.children.wait_until_answering(self.stop)
        if self.demo and not self.stop.is_set():
            wait_for_library(database, say, self.stop, self.children.check)
        if not self.stop.is_set():
            announce(make_links(database, self.settings, self.demo))

    def _watch(self) -> int:
        while not self.stop.wait(0.5):
            self.children.check()
        say("• Stopping: submissions in hand are finished, queued ones stay queued")
        return 0


def announce(links: Links) -> None:
    """The addresses to begin with, on stdout so that they can be piped."""
    click.echo("")
    click.echo(f"  Assessor is running at  {links.address}")
    click.echo("")
    if links.candidate:
        click.echo(f"  Candidate, demo test    {links.candidate}")
    click.echo(f"  Employer, sign in once  {links.employer}")
    click.echo(f"  Administrator, once     {links.admin}")
    click.echo("")
    click.echo("  Ctrl-C stops it. Sign-in links work once; start again for new ones.")
