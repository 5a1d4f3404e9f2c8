"""The adding problem: carry two numbers over a long way, and add them up."""
