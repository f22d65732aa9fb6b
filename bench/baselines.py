"""What the sandbox is compared with: the same programs as bare processes, and in one `docker run` for each submission."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from bench import loop
from bench.measuring import BenchFailure
from bench.programs import Submission
from sandbox import images

FOLDER = "/tmp/bench"  # noqa: S108 - inside a container of its own
INSIDE = ("/usr/bin/python3", "-c", Path(loop.__file__).read_text())
ANSWER_BYTES = 4000
UNCONFINED = ("docker", "run", "--rm", "-i", "--security-opt", "seccomp=unconfined", "--network", "none")
"""Starts a container that is there for the programs in it alone."""


def job_of(submission: Submission, folder: str, *, with_compiler: bool, tests: int | None = None) -> dict[str, Any]:
    """What the loop is to do for one submission in `folder`: compile it or not, then run its tests."""
    program = submission.program
    compile_first = [(program.command(submission.language.compile, 2048 * 1024), "")] if with_compiler else []
    run = program.command(submission.language.run, 256 * 1024)
    commands = compile_first + [(run, given) for given, _answer in submission.tests[:tests]]
    return {
        "folder": f"{folder}/build",
        "files": {f"{folder}/source/{file.path}": file.content.decode() for file in program.files},
        "commands": [([_placed(word, folder) for word in command], given) for command, given in commands],
    }


def _placed(word: str, folder: str) -> str:
    """The box's own folders, elsewhere; the compiler's folder is where the program then is."""
    return word.replace("/box/source", f"{folder}/source").replace("/box/program", f"{folder}/build")


def check_outputs(submission: Submission, outputs: list[str]) -> None:
    """The last outputs must be the answers: what does not do the work is not fast."""
    answers = [answer for _given, answer in submission.tests]
    if [output.split() for output in outputs[-len(answers) :]] != [answer.split() for answer in answers]:
        raise BenchFailure(f"the bare program in {submission.language.name} gave wrong answers: {str(outputs)[:200]}")


class Bare:
    """Bare processes with the image's own programs: a container that confines nothing, in which the loop waits for jobs.

    The time is taken inside, around the loop alone, so that neither container nor stream is part of it.
    """

    def __init__(self, image: str) -> None:
        self._process = subprocess.Popen(
            (*UNCONFINED, "--entrypoint", INSIDE[0], image, *INSIDE[1:]), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def seconds(self, submission: Submission, *, with_compiler: bool = False, times: int = 1, slots: int = 1) -> float:
        """How long the submission takes, or `times` of it, `slots` at the same time."""
        jobs = [job_of(submission, f"{FOLDER}/{number}", with_compiler=with_compiler) for number in range(times)]
        answer = self._ask({"jobs": jobs, "slots": slots})
        for outputs in answer["outputs"]:
            check_outputs(submission, outputs)
        return float(answer["seconds"])

    def prepare(self, submission: Submission) -> None:
        """Compile it once, untimed."""
        self._ask({"jobs": [job_of(submission, f"{FOLDER}/0", with_compiler=True, tests=0)], "slots": 1})

    def _ask(self, order: Mapping[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise BenchFailure("the container of the bare programs has ended") from error
        return read_answer(self._process.stdout.readline())

    def __enter__(self) -> Bare:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.communicate()


class OnHost:
    """Bare processes with this machine's own programs, where it has those of the image in the same version."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="assessor-bench-")

    def seconds(self, submission: Submission, *, within: Callable[[str], tuple[str, ...]] = lambda _folder: ()) -> float:
        """How long the submission's tests take, each `within` what comes before its command. It must have been prepared."""
        job = job_of(submission, self._folder, with_compiler=False)
        job["commands"] = [([*within(self._folder), *command], given) for command, given in job["commands"]]
        answer = _run_here(job)
        check_outputs(submission, answer["outputs"][0])
        return float(answer["seconds"])

    def prepare(self, submission: Submission) -> None:
        """Compile it once, untimed. Raises `BenchFailure` where the tools are missing."""
        _run_here(job_of(submission, self._folder, with_compiler=True, tests=0))

    def __enter__(self) -> OnHost:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _run_here(job: dict[str, Any]) -> dict[str, Any]:
    try:
        return loop.run_jobs([job], 1)
    except (RuntimeError, OSError) as error:
        raise BenchFailure(str(error)) from error


def bubble(folder: str) -> tuple[str, ...]:
    """What a careful script with bubblewrap would put before each command: namespaces of its own, and to be seen read-only the
    machine's programs and the submission's folder. It limits neither time nor memory."""
    places = ("--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib")
    more = ("--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp")  # noqa: S108
    own = ("--ro-bind", folder, folder, "--chdir", f"{folder}/build")
    who = ("--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", "--clearenv")
    return ("bwrap", "--unshare-all", "--die-with-parent", "--new-session", *places, *more, *own, *who)


def jail(folder: str) -> tuple[str, ...]:
    """The same with nsjail, which limits each process's memory and time as well. It would also start the program with the least
    priority, against which nothing could be compared."""
    places = ("--bindmount_ro", "/usr", "--symlink", "usr/bin:/bin", "--symlink", "usr/lib:/lib", "--symlink", "usr/lib64:/lib64")
    more = ("--tmpfsmount", "/tmp", "--bindmount", "/dev/null")  # noqa: S108
    own = ("--bindmount_ro", folder, "--cwd", f"{folder}/build", "--user", "1000", "--group", "1000")
    limits = ("--time_limit", "10", "--rlimit_cpu", "10", "--rlimit_as", "256", "--nice_level", "0")
    return ("nsjail", "--really_quiet", *places, *more, *own, *limits, "--")


def docker_run_seconds(submission: Submission, *, with_compiler: bool) -> float:
    """One new container for the submission, confined as a careful script would: the loop inside does all tests."""
    limits = ("--network", "none", "--read-only", "--cap-drop", "ALL", "--memory", "512m", "--pids-limit", "64")
    places = ("--tmpfs", "/tmp:exec", "--security-opt", "no-new-privileges", "--user", "1000:1000")  # noqa: S108
    image = images.tag(submission.language.image)
    job = job_of(submission, FOLDER, with_compiler=with_compiler)
    order = json.dumps({"jobs": [job], "slots": 1}) + "\n"
    began = time.perf_counter()
    done = subprocess.run(
        ("docker", "run", "--rm", "-i", *limits, *places, "--entrypoint", INSIDE[0], image, *INSIDE[1:]),
        input=order,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        raise BenchFailure(f"docker run failed: {done.stderr[-500:]}")
    check_outputs(submission, read_answer(done.stdout)["outputs"][0])
    return seconds


def read_answer(line: str, who: str = "the bare programs") -> dict[str, Any]:
    """What a program in a container answered. Raises `BenchFailure` when it is an error, or the container has ended."""
    answer: dict[str, Any] = json.loads(line) if line else {"error": "the container has ended"}
    if "error" in answer:
        raise BenchFailure(f"{who} failed: {str(answer['error'])[:ANSWER_BYTES]}")
    return answer
