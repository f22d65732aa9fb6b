"""What a warm box costs while it waits: the memory the kernel charges to it, and that of the process Docker keeps for it."""

from __future__ import annotations

import json
import statistics
import subprocess
from pathlib import Path

from bench.measuring import BenchFailure
from sandbox.hardening import OWNER_LABEL

MIB = 1 << 20


def idle_memory_mib(owner: str) -> dict[str, float]:
    """The median over the warm boxes of this owner, in MiB: `box`, and `shim` for the process that holds it."""
    listed = boxes_of(owner)
    if not listed:
        raise BenchFailure("no warm box was found")
    states = json.loads(_docker("inspect", *listed))
    boxes = [_usage(state["State"]["Pid"]) for state in states]
    shims = [_resident(_parent(state["State"]["Pid"])) for state in states]
    return {"box": statistics.median(boxes) / MIB, "shim": statistics.median(shims) / MIB}


def boxes_of(owner: str) -> list[str]:
    """The ids of the running containers of this owner."""
    return _docker("ps", "--no-trunc", "--quiet", "--filter", f"label={OWNER_LABEL}={owner}").split()


def _docker(*words: str) -> str:
    done = subprocess.run(("docker", *words), capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchFailure(f"docker {words[0]} failed: {done.stderr.strip()}")
    return done.stdout


def _usage(pid: int) -> int:
    """The bytes charged to the group that the container's first process is in, by either version of cgroups."""
    for line in Path(f"/proc/{pid}/cgroup").read_text().splitlines():
        _number, controllers, path = line.split(":", 2)
        counter = {"memory": f"memory{path}/memory.usage_in_bytes", "": f"{path.lstrip('/')}/memory.current"}.get(controllers)
        if counter and (found := Path("/sys/fs/cgroup") / counter).exists():
            return int(found.read_text())
    raise BenchFailure("the memory counter of a container was not found below /sys/fs/cgroup")


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _resident(pid: int) -> int:
    """The resident memory that the process has for itself, in bytes."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    private = [int(lines[name].split()[0]) for name in ("Private_Clean", "Private_Dirty")]
    return sum(private) * 1024
