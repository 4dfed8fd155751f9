"""Courses of their own, each a folder; what is in them is graded and not collected."""

from __future__ import annotations

collect_ignore_glob = ["*/graders", "*/exercises"]
