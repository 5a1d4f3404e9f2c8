"""A trace is a widget: its playhead and its pinned unit are traits, and so is the page that its frame shows."""

import subprocess
import sys

import pytest
from traitlets import TraitError

from tests.foreign import foreign_run
from unrolled.errors import MissingExtra
from unrolled.viewer import page, page_of, widget_of
from unrolled.watch.watched import Watched

pytestmark = pytest.mark.skipif(
    not (page.FOLDER / "built" / "viewer.js").is_file(), reason="the viewer has not been built"
)


def test_a_widget_shows_the_page_and_syncs_step_and_unit() -> None:
    trace = foreign_run(4)
    widget = widget_of(trace, title="Mine", step=2)
    state = widget.get_state()
    assert state["_page"] == page_of(trace, title="Mine")
    assert (state["step"], state["unit"]) == (2, None)
    widget.unit = 3
    assert widget.get_state()["unit"] == 3
    assert "export default { render }" in state["_esm"]


def test_what_the_page_says_is_seen_in_python() -> None:
    widget, heard = widget_of(foreign_run(4)), []
    widget.observe(lambda change: heard.append((change["name"], change["new"])), ["step", "unit"])
    widget.set_state({"step": 3, "unit": 1})
    assert sorted(heard) == [("step", 3), ("unit", 1)]


def test_a_watched_run_shows_its_widget_and_else_a_still(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Watched(foreign_run(4), (), None, "Mine")
    shown = run._repr_mimebundle_()
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == run.widget.model_id
    assert shown["text/html"] == run._repr_html_() and shown["text/plain"] == repr(run)
    run.widget.step = 3
    assert run.widget.get_state()["step"] == 3
    monkeypatch.delitem(sys.modules, "unrolled.viewer.widget", raising=False)
    monkeypatch.setitem(sys.modules, "anywidget", None)
    alone = Watched(foreign_run(4), (), None, "Mine")._repr_mimebundle_()
    assert set(alone) == {"text/plain", "text/html"}


def test_the_library_alone_needs_no_notebook() -> None:
    asks = "import sys, unrolled.viewer; sys.exit('anywidget' in sys.modules or 'ipywidgets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asks], check=False).returncode == 0


@pytest.mark.parametrize(("name", "value"), [("unit", 5), ("unit", -1), ("step", -1), ("step", 1.5), ("height", 10)])
def test_what_the_network_does_not_have_is_refused(name: str, value: float) -> None:
    with pytest.raises(TraitError):
        setattr(widget_of(foreign_run(4)), name, value)


def test_without_anywidget_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "unrolled.viewer.widget", raising=False)
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(MissingExtra, match=r"unrolled\[notebook\]"):
        widget_of(foreign_run(4))
