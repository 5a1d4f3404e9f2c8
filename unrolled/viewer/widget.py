"""A trace as a widget of a notebook: the same page in a frame, its playhead and its pinned unit in Python's hands."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from unrolled.findings import Finding
from unrolled.trace import Trace
from unrolled.viewer.page import TITLE, page_of


class TraceWidget(anywidget.AnyWidget):
    """Shows a trace; `step` and `unit` follow the page, and the page follows them.

    `step` is the playhead: 0 before the first step, as the page counts; None until the page is shown, which then plays
    from the start. `unit` is the unit that is looked at in every state, from 0; None where none was chosen. `height` is
    that of the page, in pixels.
    """

    _esm = Path(__file__).with_name("widget.js")
    _page = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int(None, allow_none=True, min=0).tag(sync=True)
    unit = traitlets.Int(None, allow_none=True, min=0).tag(sync=True)
    height = traitlets.Int(760, min=200).tag(sync=True)

    def __init__(self, trace: Trace, *, title: str = TITLE, findings: Sequence[Finding] = (), **state: Any) -> None:
        self.trace = trace
        super().__init__(_page=page_of(trace, title=title, findings=findings), **state)

    @traitlets.validate("unit")
    def _there(self, proposal: dict[str, Any]) -> int | None:
        unit, hidden = proposal["value"], self.trace.network.hidden
        if unit is not None and unit >= hidden:
            raise traitlets.TraitError(f"unit is {unit}, and this network has {hidden} units, counted from 0")
        return unit
