"""Where a trace is seen: a page in one file, a still picture, and a widget for notebooks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from unrolled.errors import MissingExtra
from unrolled.findings import Finding
from unrolled.trace import Trace
from unrolled.viewer.page import TITLE, page_of
from unrolled.viewer.still import still_of

if TYPE_CHECKING:
    from unrolled.viewer.widget import TraceWidget

__all__ = ["page_of", "still_of", "widget_of"]


def widget_of(trace: Trace, *, title: str = TITLE, findings: Sequence[Finding] = (), **state: Any) -> "TraceWidget":
    """Make a widget that shows a trace; `step`, `unit` and `height` are its traits, and can be given at once.

    Raises MissingExtra where anywidget is not installed, and NotBuilt as `page_of` does.
    """
    try:
        from unrolled.viewer.widget import TraceWidget
    except ModuleNotFoundError as error:
        raise MissingExtra("widgets need anywidget: pip install 'unrolled[notebook]'") from error
    return TraceWidget(trace, title=title, findings=findings, **state)
