"""The site that is made of these pages: `sphinx-build -W docs build/site`.

Sphinx with MyST-Parser and Furo, of the builders for Markdown those that are released all through the year and whose
strict build finds broken links and pages that nothing leads to. MkDocs has had no release since August 2024, and its
second version is to drop plugins and themes; Zensical, made to follow it, is still in its first versions.

The pages are plain Markdown with relative links, to be read on GitHub as they are. So what only a site needs, the order
of the pages, stands here and not in a directive in one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGES = {
    "Using it": ("student", "assistant", "batch"),
    "Courses": ("courses", "diagnoses"),
    "How it works": ("threat-model", "speed"),
}
"""What the navigation shows below the first page. A page that stands in no group fails the build."""

project = "autograd-grader"
html_title = project
html_theme = "furo"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
nitpicky = True
myst_heading_anchors = 3  # as GitHub makes them, for links to a heading


def setup(app: Sphinx) -> None:
    """Put the navigation below the first page, where Sphinx looks for it."""
    app.connect("source-read", _add_navigation)


def _add_navigation(_app: Sphinx, page: str, content: list[str]) -> None:
    if page == "index":
        content[0] += "".join(
            f"\n\n```{{toctree}}\n:hidden:\n:caption: {group}\n\n{chr(10).join(pages)}\n```"
            for group, pages in PAGES.items()
        )
