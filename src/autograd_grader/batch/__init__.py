"""From a folder of submissions to a folder of reports: a class is graded, gone on with, and graded again.

`plan` says what there is to do, `pool` observes it, `grading` grades it, `reports` renders it and `store` keeps it;
`run` and `regrade` put these together.
"""
