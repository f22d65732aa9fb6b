"""What stops judging and is not the candidate's doing, nor a passing fault of the sandbox."""

from __future__ import annotations

from assessor.errors import Broken


class JudgeError(Broken):
    """The challenge cannot be judged as it is (a broken package, a validator we do not run). Trying again cannot help.

    It never becomes a grade: the submission stays unjudged and staff are told. `path` and `line` say where in the package the
    fault is, where that is known.
    """

    code = "judge_error"

    def __init__(self, message: str, *, path: str = "problem.yaml", line: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.line = line
