"""What a diagnosis says whatever the student's case, and the pages that it points to."""

from __future__ import annotations

from dataclasses import dataclass, replace

DOCS = "https://docs.pytorch.org/docs/stable/"
AUTOGRAD = DOCS + "notes/autograd.html"
TENSOR = DOCS + "generated/torch.Tensor."
PYTHON = "https://docs.python.org/3/tutorial/"


@dataclass(frozen=True)
class Words:
    """What a diagnosis says whatever the student's case: its title, a hint that never gives the answer, a page."""

    slug: str
    title: str
    hint: str
    link: str | None = AUTOGRAD
    variant: str = ""

    @property
    def name(self) -> str:
        """The slug, and the variant where there is one: `timed-out/loading`."""
        return f"{self.slug}/{self.variant}" if self.variant else self.slug

    def about(self, result: str) -> Words:
        """The same for an exercise that calls its result by this name."""
        return replace(self, title=self.title.replace("{f}", result), hint=self.hint.replace("{f}", result))
