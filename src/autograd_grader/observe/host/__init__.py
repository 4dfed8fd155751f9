"""The trusted side: the processes in which no line of a submission ever runs."""
