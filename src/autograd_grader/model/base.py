"""What every model has in common: closed to unknown fields, and never changed once made."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Plain data with fixed fields; a change is a new record."""

    model_config = ConfigDict(frozen=True, extra="forbid")
