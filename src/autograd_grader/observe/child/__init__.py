"""The side of the sandbox that student code shares: it imports the standard library and torch, and nothing else.

What runs here is never trusted by the other side. No grader, no answer and no other submission is in this process.
"""
