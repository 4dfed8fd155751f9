"""The words of every diagnosis that the engine makes, written once: a slug, and what students read under it.

`{f}` stands for what the exercise calls its result. A slug that means several things has a variant for each; a course
may word any of them anew under its name (`WORDS` in its `graders/diagnosis.py`).
"""
