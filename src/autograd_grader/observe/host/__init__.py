"""The trusted side: code that runs where no line of a submission ever does."""
