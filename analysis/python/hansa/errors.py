"""What goes wrong, told in the words of the program."""

from __future__ import annotations

from typing import Sequence


class HansaError(Exception):
    """What cannot be done, with problem, place and mend; of the program, all that it complained of, a line each.

    `command` is the program's command line and `exit_code` its exit code (2: the input is wrong; 1: something else went
    wrong; 130: it was interrupted); both are None where the program was not run.
    """

    def __init__(self, message: str, command: Sequence[str] | None = None, exit_code: int | None = None) -> None:
        super().__init__(message)
        self.command = None if command is None else tuple(command)
        self.exit_code = exit_code


class HansaWarning(UserWarning):
    """What is missing from a result or odd about a scenario, though there is a result."""
