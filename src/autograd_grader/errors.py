"""Every error that the program raises on purpose, and the exit code each one means.

::

    GraderError                3  the grader itself failed
    ├── UsageError             2  the command was misused; the message says how to mend it
    ├── CourseError            2  the course folder (stubs, graders, course.toml) is not sound
    ├── SandboxError           3  student code could not be observed at all
    └── OutputError            3  a report could not be written
    UnreadableError               what was handed in can't be read; caught by intake, never by the command line
"""

from __future__ import annotations

from typing import ClassVar


class GraderError(Exception):
    """The grader failed; the message is one line in the user's terms and ends with what to do."""

    exit_code: ClassVar[int] = 3


class UsageError(GraderError):
    """The command was misused."""

    exit_code = 2


class CourseError(GraderError):
    """The course's own files are not sound."""

    exit_code = 2


class SandboxError(GraderError):
    """No process could be had to observe student code in."""


class OutputError(GraderError):
    """A report could not be written where it was asked for."""


class UnreadableError(Exception):
    """What a student handed in can't be read; the message says why, in the student's terms."""
