"""How much of a submission is read: what lies beyond is left out with a notice, so that none can exhaust the grader."""

from __future__ import annotations

KIB = 1024
MIB = 1024 * KIB

MAX_FILES = 500
"""Python files a submission; four are asked for, and a whole repository handed in by mistake still fits."""

MAX_PYTHON_BYTES = MIB
"""One `.py` file: far more than anyone writes by hand, little enough to parse in a second."""

MAX_NOTEBOOK_BYTES = 20 * MIB
"""One `.ipynb` file: its outputs (figures, logs) are stored in it."""

MAX_READ_BYTES = 100 * MIB
"""All files together as they are stored, so that many notebooks or a zip bomb end here."""

MAX_SOURCE_BYTES = 20 * MIB
"""All sources together, as they are sent on to the sandbox."""

MAX_ENTRIES = 20_000
"""Files and folders looked at: enough for a repository, few enough to list in a second."""

MAX_DEPTH = 32
"""Folders within folders; deeper ones are made by accident or to harm."""

MAX_PATH_CHARACTERS = 1_000
"""A path within a submission; the longest that common systems allow is 4,096 bytes, its root included."""

MAX_NOTICES = 50
"""What a person reads; the rest is counted."""

MAX_DIRECTORY_BYTES = 4 * MIB
"""An archive's list of entries, read in one piece by `zipfile`: 20,000 entries of 200 bytes."""

MAX_INNER_ARCHIVE_BYTES = 50 * MIB
"""An archive inside an archive, which has to be held in memory."""

MAX_RATIO = 500
"""How far an entry may expand; Deflate's own limit is 1,032, notebooks with repeated output come near 100."""

MAX_CELLS = 2_000
"""Cells a notebook; a long course's notebook has 200."""

MAX_ALL_CELLS = 5_000
"""Code cells of all notebooks together: each takes `nbformat` 50 µs to convert."""

MAX_JSON_CONTAINERS = 1_000_000
"""Objects and lists of all notebooks together: each takes 2 µs and 64 bytes or more, however short it is written."""

MAX_JSON_ITEMS = 5_000_000
"""Commas of all notebooks together, with a value before and after each: they are parsed in half a second."""

MAX_MAGIC_CELL = 64 * KIB
"""Characters of a cell in which magics are looked for by tokens."""

MAX_MAGIC_WORK = 256 * KIB
"""Characters that are tokenised for magics, in a second or two; each magic has its whole cell tokenised anew."""

MAX_BLANK_RUN = 64
"""Blanks in a row there: before a stray character, Python 3.11's tokenizer takes quadratic time over them."""

MAX_WORD_RUN = 256
"""Characters of a name in a row there: IPython takes quadratic time over them where it looks for `help?`."""
