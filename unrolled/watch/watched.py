"""What `watch` gives: the trace of a run, what may be wrong with the network, and ways to see both."""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unrolled.errors import MissingExtra, NotBuilt
from unrolled.findings import Finding
from unrolled.trace import Trace
from unrolled.viewer import page_of, still_of, widget_of

if TYPE_CHECKING:
    from unrolled.viewer.widget import TraceWidget


@dataclass(frozen=True, eq=False)
class Watched:
    """Hold the trace of one run of a model, the findings, and what the model returned (out of its graph)."""

    trace: Trace
    findings: tuple[Finding, ...]
    returned: Any
    title: str

    def __repr__(self) -> str:
        """Say what ran, how long it was and how exact the record is, and list the findings."""
        trace, wiring = self.trace, self.trace.network.topology
        ways = "bidirectional " if wiring.directions == 2 else ""
        head = (
            f"Watched({wiring.kind}, {wiring.layers}-layer {ways}{trace.network.cell.kind}, "
            f"T_x={trace.T_x}, T_y={trace.T_y}, max_abs_error={trace.check.max_abs_error:.2g})"
        )
        return "\n".join([head, *(f"  {finding.title}: {finding.sentence}" for finding in self.findings)])

    def to_html(self, path: str | Path, *, title: str | None = None) -> Path:
        """Write the picture, its panels and the findings to one HTML file, which needs no server; gives its path."""
        file = Path(path)
        file.write_text(page_of(self.trace, title=title or self.title, findings=self.findings), encoding="utf-8")
        return file

    @cached_property
    def widget(self) -> "TraceWidget":
        """The widget that a notebook shows, made once: `run.widget.step = 5` moves the playhead there.

        Raises MissingExtra where anywidget is not installed, and NotBuilt as `to_html` does.
        """
        return widget_of(self.trace, title=self.title, findings=self.findings)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Show the widget where a notebook can run one, and the still picture where it cannot."""
        shown = {"text/plain": repr(self), "text/html": self._repr_html_()}
        try:
            found = self.widget._repr_mimebundle_(**options)
        except (MissingExtra, NotBuilt):
            return shown
        return {**(found[0] if isinstance(found, tuple) else found or {}), **shown}

    def _repr_html_(self) -> str:
        found = "".join(
            f"<li><b>{escape(f.title)}.</b> {escape(f.sentence)} {escape(f.way_out)}</li>" for f in self.findings
        )
        return still_of(self.trace) + (f"<ul>{found}</ul>" if found else "")
