"""The words of code that could not be loaded, called or run to its end."""

from __future__ import annotations

from autograd_grader.grade.diagnose.words.words import DOCS, PYTHON, Words

SYNTAX_ERROR = Words(
    "syntax-error",
    "Python cannot read the file",
    "Look at the line named here and the one above it: a bracket, a quote, a colon or a `*` is often all that is"
    " missing.",
    PYTHON + "errors.html#syntax-errors",
)
MISSING_FUNCTION = Words(
    "missing-function",
    "The function is not there",
    "Define it at the left edge of the file, with the name exactly as the exercise gives it.",
    PYTHON + "controlflow.html#defining-functions",
)
MISSING_FUNCTION_GONE = Words(
    "missing-function",
    "The function is not there",
    "Define it at the left edge of the file, and do not delete or overwrite it further down.",
    DOCS + "index.html",
    variant="gone",
)
NOT_STARTED = Words(
    "not-started",
    "Not started yet",
    "Read the docstring of the function and write what it asks for. Then take out the `raise NotImplementedError`"
    " line.",
)
NOT_STARTED_TEXT = Words(
    "not-started", "The explanation is still to be written", "Say it in a few sentences of your own.", variant="text"
)
TIMED_OUT_LOADING = Words(
    "timed-out",
    "The file does not finish loading",
    "Code outside of functions runs as soon as the file is loaded. Look for a loop there that never ends, or an"
    " `input()`.",
    variant="loading",
)
CRASHED_LOADING = Words(
    "crashed",
    "Loading the file ended the process",
    "Take calls such as `os._exit()` or `os.abort()` out of the file.",
    variant="loading",
)
NOT_ALLOWED_LOADING = Words(
    "not-allowed",
    "Something that is not allowed here",
    "The exercises need PyTorch alone: no files, no network, no other programs.",
    variant="loading",
)
OUT_OF_MEMORY_LOADING = Words(
    "out-of-memory", "Too much memory", "Look for a size or a list that grows without need.", variant="loading"
)
TOO_MUCH_OUTPUT_LOADING = Words(
    "too-much-output",
    "Too much is printed",
    "Print a result once. A loop that prints without end belongs taken out.",
    variant="loading",
)
IMPORT_ERROR = Words(
    "import-error",
    "The file raises while it is loaded",
    "Code outside of functions runs as soon as the file is loaded. Only the standard library, torch and NumPy are here"
    " to import.",
    PYTHON + "modules.html",
)
TIMED_OUT = Words(
    "timed-out",
    "It never ends",
    "Look at each loop: what makes its condition false? A `for` over a `range` always ends.",
)
NOT_ALLOWED = Words(
    "not-allowed",
    "Something that is not allowed here",
    "The exercise needs PyTorch alone: no files, no network, no other programs.",
)
TOO_MUCH_OUTPUT = Words("too-much-output", "Too much is printed", "A `print` inside a long loop is the usual cause.")
OUT_OF_MEMORY = Words("out-of-memory", "Too much memory", "Look for a size, or a list that grows without end.")
CRASHED = Words(
    "crashed",
    "It ended the whole process",
    "A function ends with `return`: take `exit()`, `os._exit()` and the like out, and mind recursion without an end.",
)
WRONG_SIGNATURE = Words(
    "wrong-signature",
    "It cannot be called as the exercise calls it",
    "Keep the parameters as the stub has them: how many there are and their order; only their names are yours.",
)
RAISED = Words(
    "raised",
    "It raises an exception",
    "Read the last line of what Python says first: the kind of error, then the words. Then look at the line.",
    PYTHON + "errors.html",
)
