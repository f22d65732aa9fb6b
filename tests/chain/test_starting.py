"""What keeps the service from starting is said in one line, with the way out, and nothing is started or left behind."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assessor.cli.main import main

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The `assessor` command with these words: its status and what it says on standard error."""
    monkeypatch.setenv("ASSESSOR_DATA_DIR", str(tmp_path / "data"))

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["assessor", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(str(ended.value.code or 0)), capsys.readouterr().err

    return run


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        yield somebody.getsockname()[1]


@pytest.mark.parametrize("command", ["up", "web"])
def test_a_port_that_is_taken(run: Run, taken_port: int, tmp_path: Path, command: str) -> None:
    status, said = run(command, "--port", str(taken_port))
    assert status == 2
    assert f"Port {taken_port} is taken" in said
    assert "--port" in said
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eighty", "ASSESSOR_PORT"),
        ("SLOTS", "0", "ASSESSOR_SLOTS"),
        ("SECURE_COOKIES", "perhaps", "ASSESSOR_SECURE_COOKIES"),
        ("DATABASE_URL", "mysql://me:secret-word@here/db", "ASSESSOR_DATABASE_URL"),
        ("HOST", "nowhere.invalid", "Cannot listen on nowhere.invalid"),
        ("DATA_DIR", "/etc/passwd/data", "data folder /etc/passwd/data"),
    ],
)
def test_a_setting_that_cannot_be_used(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(f"ASSESSOR_{name}", value)
    status, words = run("up")
    assert status == 2
    assert said in words
    assert "Traceback" not in words
    assert "secret-word" not in words


def test_a_database_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    for command in ("web", "worker"):
        status, words = run(command)
        assert status == 3
        assert "The database does not answer" in words
        assert "Connection refused" in words
