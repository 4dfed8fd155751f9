"""Fuzzing: whatever comes in, from files, frames or a folder of reports, ends no batch and earns no mark."""
