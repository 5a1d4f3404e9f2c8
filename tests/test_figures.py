"""Schematic figures: laid out from columns, and drawn as files in which no text of a visitor is code."""

import io
from itertools import product
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.figures import Figure, figure_of
from app.figures.files import CALLED, MEDIA_TYPES, figure_file
from app.figures.layout import Box
from app.figures.paths import Point
from app.figures.request import LONGEST_WORD, MOST_STEPS, FigureRequest, words_of
from app.figures.signs import Sign, parts_of
from app.figures.tikz import escaped, tikz
from unrolled import KINDS, InvalidRequest, LengthError

KINDS_OF_NETWORKS = [
    FigureRequest(kind=kind, layers=layers, bidirectional=both, attention=attends, initial=initial)
    for kind, layers, both, attends, initial in product(KINDS, (1, 2, 4), (False, True), (False, True), (False, True))
    if not (both and kind == "one_to_many") and not (attends and kind not in ("one_to_many", "encoder_decoder"))
]


def called(asked: FigureRequest) -> str:
    return " ".join(f"{name}={value}" for name, value in asked.model_dump(exclude_defaults=True).items()) or "default"


def holds(box: Box, point: Point, height: float) -> bool:
    """Say whether a point lies on a box, or as close as an arrow's head comes."""
    near = 1.5
    return box.x - near <= point[0] <= box.x + box.width + near and box.y - near <= point[1] <= box.y + height + near


def loose_ends(figure: Figure) -> list[Point]:
    ends = [
        end for edge in figure.edges for end in (edge.line.start, edge.head.start if edge.head else edge.line.start)
    ]
    return [end for end in ends if not any(holds(box, end, figure.box_height) for box in figure.boxes)]


@pytest.mark.parametrize("asked", KINDS_OF_NETWORKS, ids=called)
def test_every_network_is_drawn_with_all_its_states_and_no_loose_arrow(asked: FigureRequest) -> None:
    diagram = asked.diagram
    figure = figure_of(diagram)
    states = [box for box in figure.boxes if box.role == "a" and not box.dashed]
    parts = {"encoder": diagram.directions, "decoder": 1}
    assert len(states) == diagram.layers * sum(parts[column.part] for column in diagram.columns)
    assert len({box.symbol for box in figure.boxes}) == len(figure.boxes)
    for a in figure.boxes:
        assert 0 <= a.x <= a.x + a.width <= figure.width and 0 <= a.y <= a.y + figure.box_height <= figure.height
        assert not [b for b in figure.boxes if b is not a and abs(a.x - b.x) < a.width and abs(a.y - b.y) < 12]
    assert loose_ends(figure) == []
    for box in states:  # each is reached by an arrow from below, or from a neighbour
        tips = [edge.head.start for edge in figure.edges if edge.head]
        assert diagram.columns == diagram.columns[:1] or any(holds(box, tip, figure.box_height) for tip in tips)


@pytest.mark.parametrize("asked", KINDS_OF_NETWORKS[::5], ids=called)
@pytest.mark.parametrize("notation", ["lectures", "papers"])
def test_a_figure_is_a_file_that_others_read(asked: FigureRequest, notation: str) -> None:
    asked = asked.model_copy(update={"notation": notation})
    assert ElementTree.fromstring(figure_file(asked, "svg").data).tag.endswith("svg")
    assert figure_file(asked, "pdf").data.startswith(b"%PDF-")
    picture = Image.open(io.BytesIO(figure_file(asked, "png").data))
    assert picture.width > 100 and len(picture.convert("RGB").getcolors(1 << 24) or ()) > 10
    assert tikz(asked).count(r"\node[") == len(figure_of(asked.diagram).boxes) + len(figure_of(asked.diagram).brackets)


@given(st.lists(st.text("ab #$%&{}[]\\\"'()*_^~`<>/=+-@é→", min_size=1, max_size=LONGEST_WORD), min_size=1, max_size=3))
@settings(max_examples=40)
def test_words_are_data_and_never_code(words: list[str]) -> None:
    asked = FigureRequest(kind="many_to_one", x_words="|".join(words))
    figure = figure_of(asked.diagram)
    assert [box.symbol for box in figure.boxes if box.role == "x"] == [word.strip() for word in words] or len(
        words
    ) == 1
    assert figure_file(asked, "pdf").data.startswith(b"%PDF-")


def test_what_latex_reads_as_its_own_is_escaped() -> None:
    assert escaped(r"50% of #1 & {a_b}^2 ~ \input $x$") == (
        r"50\% of \#1 \& \{a\_b\}\textasciicircum{}2 \textasciitilde{} \textbackslash{}input \$x\$"
    )


def test_symbols_are_spelled_as_in_the_lectures_or_as_in_papers() -> None:
    state, output = Sign("a", 3, layer=2, arrow="←"), Sign("y", 1)
    assert (state.text, output.text) == ("a←[2]⟨3⟩", "ŷ⟨1⟩")
    assert parts_of(state, "lectures").latex == r"\overleftarrow{a}^{[2]\langle 3\rangle}"
    assert parts_of(state, "papers").latex == r"\overleftarrow{h}^{(2)}_{3}"
    assert parts_of(output, "lectures").latex == r"\hat{y}^{\langle 1\rangle}"


def test_lengths_follow_from_words_and_from_the_kind() -> None:
    lengths = [
        (asked.diagram.T_x, asked.diagram.T_y)
        for asked in (
            FigureRequest(kind="many_to_one", x_words="not bad at all"),
            FigureRequest(kind="encoder_decoder", x_words="guten Tag", y_words="good|old day"),
            FigureRequest(kind="many_to_many", x_words="one two"),
            FigureRequest(kind="many_to_many", collapse="_hhel_llo"),
            FigureRequest(kind="one_to_many", T_x=0, T_y=6),
            FigureRequest(kind="one_to_one", x_words="3"),
        )
    ]
    assert lengths == [(4, 1), (2, 2), (2, 2), (9, 5), (0, 6), (1, 1)]


def test_what_no_network_has_is_refused_in_words() -> None:
    with pytest.raises(InvalidRequest, match="bidirectional"):
        _ = FigureRequest(kind="one_to_many", bidirectional=True).diagram
    with pytest.raises(InvalidRequest, match="attention needs a decoder"):
        _ = FigureRequest(kind="many_to_one", attention=True).diagram
    with pytest.raises(InvalidRequest, match=f"at most {MOST_STEPS} steps"):
        words_of("a " * (MOST_STEPS + 1), "x_words")
    with pytest.raises(InvalidRequest, match=f"a box holds {LONGEST_WORD}"):
        words_of("a" * (LONGEST_WORD + 1), "x_words")
    with pytest.raises(LengthError, match="T_x = T_y"):
        figure_of(FigureRequest(kind="many_to_many", T_x=3, T_y=2).diagram)


async def test_the_address_and_the_api_give_the_same_figure(client: AsyncClient) -> None:
    asked = {"kind": "encoder_decoder", "attention": True, "x_words": "guten Tag", "T_y": 3}
    for form, media_type in MEDIA_TYPES.items():
        sent = await client.post("/api/v1/figure", json={**asked, "format": form})
        found = await client.get(f"/figure.{form}?kind=encoder_decoder&attention=1&x_words=guten+Tag&T_y=3&T_x=")
        assert (sent.status_code, found.status_code) == (200, 200)
        assert sent.headers["content-type"].startswith(media_type)
        if form in ("svg", "tex"):  # a PDF holds its date
            assert sent.content == found.content
    assert (await client.get("/figure.gif")).status_code == 404


async def test_the_page_shows_what_its_address_asks_for_and_says_what_is_wrong(client: AsyncClient) -> None:
    page = (await client.get("/figure?kind=many_to_one&x_words=not+bad")).text
    assert 'src="/figure.svg?kind=many_to_one&amp;x_words=not+bad"' in page and "T_x = 2, T_y = 1" in page
    assert all(f'href="/figure.{form}?kind=many_to_one' in page for form in CALLED)
    answer = await client.get("/figure?kind=one_to_many&bidirectional=1")
    assert answer.status_code == 422 and "the outputs to come are not there yet" in answer.text
    for query in ("kind=round", "T_x=x", "layers=9", "T_x=99", "colour=red"):
        assert (await client.get(f"/figure?{query}")).status_code == 422
        assert (await client.get(f"/figure.svg?{query}")).status_code == 422
