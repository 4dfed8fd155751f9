"""Runs the command: `python -I -m autograd_grader` is `grade`, with nothing of the working folder imported.

Without `-I` the command starts itself again with it, where the working folder is on the import path.
"""

from autograd_grader.cli import main

if __name__ == "__main__":
    main()
