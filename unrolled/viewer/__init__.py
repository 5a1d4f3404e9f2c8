"""Where a trace is seen: a page in one file, a still picture, and a widget for notebooks."""

from unrolled.viewer.page import page_of
from unrolled.viewer.still import still_of

__all__ = ["page_of", "still_of"]
