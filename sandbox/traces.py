"""What a box could leave on the machine outside it, looked for where it would be: nothing here asks the container engine.

Where the engine runs on another machine there is nothing to find, and nothing is found.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sandbox.ordering import FIRST_UID, LAST_UID

_ID = re.compile(r"[0-9a-f]{64}")
_ENGINE_PARTS = frozenset({"dockerd", "containerd"})
SHARED_PLACES = ("/dev/shm", "/dev/mqueue", "/tmp", "/var/tmp", "/run/lock")  # noqa: S108
LOOK_EVERY_S = 0.2


def of_containers(ids: Iterable[str]) -> list[str]:
    """The processes, control groups and mounts that carry the name of one of these containers."""
    wanted = frozenset(ids)
    found = [f"process {pid}" for pid in _pids() if wanted & _ids_in(Path(f"/proc/{pid}/cgroup"))]
    found += [f"control group {path}" for path in _control_groups() if wanted & set(_ID.findall(path))]
    found += [f"mount of {container[:12]}" for container in sorted(wanted & _mounted())]
    return found


def owned_by_programs() -> frozenset[str]:
    """What belongs to a user id of the range that programs run as: processes' shared objects and files where all may write."""
    found = [f"{kind} {number}" for kind, number, owner in _system_v_objects() if _is_a_programs(owner)]
    for place in SHARED_PLACES:
        with contextlib.suppress(OSError):
            found += [entry.path for entry in os.scandir(place) if _is_a_programs(entry.stat(follow_symlinks=False).st_uid)]
    return frozenset(found)


def after_a_while(look: Callable[[], Iterable[str]], patience_s: float = 15.0) -> list[str]:
    """What `look` finds, when it finds nothing or patience is over: what is being taken away needs a moment."""
    deadline = time.monotonic() + patience_s
    while (found := sorted(look())) and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_S)
    return found


def busy_percent(over_s: float = 1.0) -> float:
    """How much of this machine's processors' time is used, by whomever."""
    busy_before, all_before = _processor_times()
    time.sleep(over_s)
    busy, everything = _processor_times()
    return round(100 * (busy - busy_before) / max(1, everything - all_before), 1)


def _processor_times() -> tuple[int, int]:
    user, nice, system, idle, waiting, *rest = (int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9])
    busy = user + nice + system + sum(rest)
    return busy, busy + idle + waiting


def _is_a_programs(uid: int) -> bool:
    return FIRST_UID <= uid <= LAST_UID


def _pids() -> Iterator[int]:
    return (int(name) for name in os.listdir("/proc") if name.isdigit())


def _ids_in(path: Path) -> set[str]:
    try:
        return set(_ID.findall(path.read_text("utf-8", "replace")))
    except OSError:
        return set()


def _control_groups() -> Iterator[str]:
    """Not every folder there is one: crun makes ordinary ones below the place of a hierarchy that is not mounted."""
    for folder, _, files in os.walk("/sys/fs/cgroup"):
        if "cgroup.procs" in files:
            yield folder


def _mounted() -> set[str]:
    """The containers named in our own mounts and those of an engine on this machine, which may have mounts to itself."""
    found = _ids_in(Path("/proc/self/mounts"))
    for pid in _pids():
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().strip() in _ENGINE_PARTS:
                found |= _ids_in(Path(f"/proc/{pid}/mounts"))
    return found


def _system_v_objects() -> Iterator[tuple[str, str, int]]:
    """Kind, number and owner of every semaphore, message queue and piece of shared memory."""
    for kind in ("shm", "sem", "msg"):
        with contextlib.suppress(OSError):
            heading, *rows = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()
            owner = heading.split().index("uid")
            for row in rows:
                yield kind, row.split()[1], int(row.split()[owner])
