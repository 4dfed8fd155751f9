"""The commands that `grade` offers, and how one of them is chosen."""

from __future__ import annotations

import click

from autograd_grader import __version__
from autograd_grader.cli.batch import batch
from autograd_grader.cli.course import course
from autograd_grader.cli.doctor import doctor
from autograd_grader.cli.init import init
from autograd_grader.cli.own import own
from autograd_grader.cli.regrade import regrade

DEFAULT = "grade"
"""The command that is meant where none is named; a folder of this name is graded, as any other is."""


class _Group(click.Group):
    """A group whose first argument may be what to grade instead of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and args[0] in {*self.list_commands(ctx), "--version"}
        if not named:
            args = ["--help"] if "--help" in args else [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in super().list_commands(ctx) if name != DEFAULT]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        formatter.write_usage(
            "grade", "[PATH] [--out DIR] [--course COURSE] [--timeout SECONDS] [--sandbox strict|basic]"
        )
        formatter.write_usage("grade", "COMMAND [ARGUMENTS]", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        parameters = (*self.commands[DEFAULT].params, *self.get_params(ctx))
        with formatter.section("Options"):
            formatter.write_dl([record for each in parameters if (record := each.get_help_record(ctx))])
        self.format_commands(ctx, formatter)


@click.group(cls=_Group)
@click.version_option(__version__, message="autograd-grader %(version)s")
def grade() -> None:
    """Grade PyTorch autograd exercises.

    Without a command: grade your own work, a folder, .py, .ipynb or .zip (by default the current folder, or its
    exercises/), say what to mend first, and write a report into reports/.

    \b
    Examples:
      grade init                                   get the exercises to fill in
      grade                                        grade what you have filled in
      grade notebook.ipynb                         grade a notebook
      grade batch submissions/ --out reports/      grade a whole class

    \b
    Exit codes: 0 every automatic point earned (batch: all were graded),
    1 points are missing, 2 the command was misused, 3 the grader failed.

    `grade COMMAND --help` tells more. A folder named like a command is graded as ./init.
    """  # noqa: D301 - click looks for the very character, which keeps the lines below as they are


grade.add_command(own, DEFAULT)
for _command in (init, batch, regrade, course, doctor):
    grade.add_command(_command)
