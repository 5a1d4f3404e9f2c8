"""Measurements: every speed is a ratio of two things timed in turns, in one run, on one thread."""
