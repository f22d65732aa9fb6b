"""A Docker Engine of a test's own, in a small file system in memory: it may be killed, filled up, and given an odd runtime."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from service import wait_for

DISK_MIB = 1400
START_S = 60.0
RUNTIME = "odd"
RUNTIME_SCRIPT = """#!/bin/sh
# runc, but for what the file beside it says: NAME of the command that hangs as long as it says so, or "fail"
mode=$(cat "{mode}" 2>/dev/null)
case " $* " in
*" create "*) [ "$mode" = fail ] && {{ echo "the runtime is out of order" >&2; exit 1; }} ;;
esac
[ -z "$mode" ] || case " $* " in
*" $mode "*) while [ "$(cat "{mode}" 2>/dev/null)" = "$mode" ]; do sleep 0.2; done ;;
esac
exec runc "$@"
"""


class PrivateEngine:
    """`dockerd` with everything it has below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.data = folder / "data"
        self.mode = folder / "mode"
        script = folder / "runtime"
        script.write_text(RUNTIME_SCRIPT.format(mode=self.mode))
        script.chmod(0o755)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._folder}/s"

    def start(self) -> None:
        for left in (self._folder / "pid", self._folder / "x" / "containerd" / "containerd.pid"):
            left.unlink(missing_ok=True)  # the processes may still be in the table of an init that does not look after them
        command = ["dockerd", "-H", self.url, "--data-root", self.data, "--exec-root", self._folder / "x"]
        apart = ["--pidfile", self._folder / "pid", "--bridge", "none", "--iptables=false", "--ip-forward=false"]
        runtime = ["--add-runtime", f"{RUNTIME}={self._folder}/runtime"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen([*command, *apart, *runtime], stdout=log, stderr=log, start_new_session=True)
        wait_for(self._answers, START_S, f"the engine to answer; see {self._folder}/log")

    def _answers(self) -> bool:
        return self.docker("version", check=False).returncode == 0

    def docker(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"DOCKER_HOST": self.url}
        return subprocess.run(["docker", *words], env=environment, capture_output=True, text=True, check=check)

    def load(self, image: str) -> None:
        """The image, from the engine that everybody uses."""
        with subprocess.Popen(["docker", "save", image], stdout=subprocess.PIPE) as saving:
            subprocess.run(
                ["docker", "load"],
                env=os.environ | {"DOCKER_HOST": self.url},
                stdin=saving.stdout,
                stdout=subprocess.DEVNULL,
                check=True,
            )

    def be_odd(self, mode: str) -> None:
        """What the runtime does from now on: hang on `create` or `start`, or `fail`; empty: nothing odd."""
        self.mode.write_text(mode)

    def kill(self) -> None:
        """`kill -9` of dockerd."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def kill_containerd(self) -> None:
        """`kill -9` of the daemon below it, which dockerd starts again."""
        os.kill(int((self._folder / "x" / "containerd" / "containerd.pid").read_text()), signal.SIGKILL)

    def close(self) -> None:
        """End it with all its processes."""
        self.be_odd("")
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if str(self._folder).encode() in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)


@contextlib.contextmanager
def private_engine() -> Iterator[PrivateEngine]:
    """An engine that runs, without images. Skips where none can be started."""
    if os.geteuid() != 0 or shutil.which("dockerd") is None:
        pytest.skip("only root can start a Docker Engine of its own")
    folder = Path(tempfile.mkdtemp(prefix="own-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", folder], check=True)
    engine = PrivateEngine(folder)
    try:
        engine.start()
        yield engine
    finally:
        engine.close()
        mounted = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
        for place in reversed([place for place in mounted if place == str(folder) or place.startswith(f"{folder}/")]):
            subprocess.run(["umount", "-l", place], check=False)
        folder.rmdir()
