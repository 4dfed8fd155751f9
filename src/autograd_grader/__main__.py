"""Runs the command: `python -I -m autograd_grader` is `grade`, with nothing of the working folder imported."""

from autograd_grader.cli import main

if __name__ == "__main__":
    main()
