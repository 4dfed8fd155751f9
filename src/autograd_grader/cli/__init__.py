"""The command `grade`: the one place that prints and exits.

Nothing heavy is imported here: a command starts the process that imports torch before it loads anything else. Nothing
else at all is imported before it is sure that no module comes from what is graded.
"""

import sys

TYPE_CHECKING = False  # `typing` is a module that such a folder could shadow
if TYPE_CHECKING:
    import click

INTERRUPTED = 130
"""What a shell reports for a program that Ctrl-C ended."""

FAILED = 3
MISUSED = 2


def main() -> None:
    """Run the command that the arguments ask for, and exit with the contract's code."""
    from autograd_grader.cli.isolation import leave_out_foreign_folders

    leave_out_foreign_folders()
    import signal

    for stream in (sys.stdout, sys.stderr):
        # A terminal may not know every character; a report that ends in a UnicodeEncodeError helps nobody.
        if stream is not None:  # it is None where the caller has closed it
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    code = _run()
    # Whoever presses Ctrl-C twice has had the answer to both.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


def _run() -> int:
    import click

    from autograd_grader.cli.group import grade
    from autograd_grader.errors import GraderError

    try:
        code: int = grade.main(prog_name="grade", standalone_mode=False) or 0
    except (click.Abort, KeyboardInterrupt):  # click turns the one into the other, where it is asked in time
        return _complain("interrupted", INTERRUPTED)
    except click.ClickException as error:
        return _complain(_mended(error), MISUSED)
    except GraderError as error:
        return _complain(str(error), error.exit_code)
    except Exception as error:  # noqa: BLE001 - whatever it is, a person reads one line and a script the code
        from autograd_grader.batch.grading import describe_error

        return _complain(f"the grader itself failed: {describe_error(error)}; please report this line", FAILED)
    return code


def _mended(error: "click.ClickException") -> str:
    import click

    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context and context.command.add_help_option else "grade"
    message = error.format_message().rstrip(".")
    return f"{message[:1].lower()}{message[1:]} (see `{command} --help`)"


def _complain(words: str, code: int) -> int:
    from autograd_grader.text import clean_line

    print(clean_line(f"grade: {words}", 1000), file=sys.stderr)
    return code
