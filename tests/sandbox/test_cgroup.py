"""The supervisor's readers of cgroup files, compiled and run in a box on files recorded from kernels with version 1 and 2."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sandbox as package
from sandbox.languages import LANGUAGES
from sandbox.spec import RunSpec, SourceFile
from tests.sandbox.conftest import COMPILE, USUAL

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

SUPERVISOR = Path(package.__file__).parent / "supervisor"

MAIN = """\
#define _GNU_SOURCE
#define CGROUP_ROOT "/box/source/recorded"
#include "cgroup.h"
#include <stdio.h>
int main(void) {
    cgroup_find();
    printf("%d %lu %lu %lu %lu %lu %lu %lu\\n", cgroup_version(), cgroup_cpu_us(), cgroup_oom_kills(), cgroup_memory_kib(),
           cgroup_peak_kib(), cgroup_cache_kib(), cgroup_pressure_us(), cgroup_tasks());
}
"""

V1 = {
    "pids/pids.current": "7\n",
    "cpuacct/cpuacct.usage": "107553912\n",
    "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n",
    "memory/memory.usage_in_bytes": "8388608\n",
    "memory/memory.max_usage_in_bytes": "9437184\n",
    "memory/memory.stat": (
        "cache 3145728\nrss 4194304\nrss_huge 0\nshmem 1048576\nmapped_file 0\ndirty 0\nwriteback 0\npgpgin 4212\npgpgout 1999\n"
        "inactive_anon 1048576\nactive_anon 4194304\ninactive_file 1048576\nactive_file 1048576\nunevictable 0\n"
        "hierarchical_memory_limit 134217728\ntotal_inactive_file 99999999\ntotal_active_file 99999999\n"
    ),
}

V2 = {
    "pids.current": "7\n",
    "cgroup.controllers": "cpuset cpu io memory hugetlb pids rdma\n",
    "cpu.stat": "usage_usec 107553\nuser_usec 80213\nsystem_usec 27340\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\n",
    "cpu.pressure": "some avg10=0.00 avg60=1.20 avg300=0.40 total=4711\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=9\n",
    "memory.events": "low 0\nhigh 0\nmax 41\noom 5\noom_kill 3\noom_group_kill 0\n",
    "memory.current": "8388608\n",
    "memory.peak": "9437184\n",
    "memory.stat": (
        "anon 4194304\nfile 3145728\nkernel 131072\nkernel_stack 16384\npagetables 65536\nsock 0\nshmem 1048576\nfile_mapped 0\n"
        "inactive_anon 1048576\nactive_anon 4194304\ninactive_file 1048576\nactive_file 1048576\nunevictable 0\n"
    ),
}

WITHOUT_PEAK = {name: text for name, text in V2.items() if name != "memory.peak"}


@pytest.mark.docker
@pytest.mark.parametrize(
    ("recorded", "numbers"),
    [
        (V1, "1 107553 3 6144 9216 2048 0 7"),
        (V2, "2 107553 3 6144 9216 2048 4711 7"),
        (WITHOUT_PEAK, "2 107553 3 6144 0 2048 4711 7"),
        ({"cpu,cpuacct/cpuacct.usage": "5000\n"}, "0 5 0 0 0 0 0 0"),
        ({"none": ""}, "0 0 0 0 0 0 0 0"),
    ],
    ids=["version 1", "version 2", "a kernel without memory.peak", "only CPU time", "nothing"],
)
def test_the_counters_are_read(sandbox: DockerSandbox, recorded: dict[str, str], numbers: str) -> None:
    files = [SourceFile("main.c", MAIN.encode()), SourceFile("cgroup.h", (SUPERVISOR / "cgroup.c").read_bytes())]
    files += [SourceFile(name, (SUPERVISOR / name).read_bytes()) for name in ("supervisor.h", "become.h", "protocol.h")]
    files += [SourceFile(f"recorded/{path}", text.encode()) for path, text in recorded.items()]
    with sandbox.box(LANGUAGES["c"], USUAL.memory_kib) as box:
        compiled = box.compile(tuple(files), COMPILE)
        assert compiled.ok, compiled.output
        (outcome,) = box.run([RunSpec(b"", USUAL)])
    assert outcome.stdout.decode().strip() == numbers
