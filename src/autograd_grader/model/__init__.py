"""The data that the stages hand on: submission → plan → observation → result."""
