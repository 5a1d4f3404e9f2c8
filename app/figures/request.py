"""What is asked of the figure maker: a diagram, and how it is written and coloured."""

from typing import Annotated, Literal

from pydantic import Field

from app.figures.diagram import Diagram, reading_of
from app.figures.signs import Notation
from unrolled import ConfigError, InvalidRequest
from unrolled.document import Document
from unrolled.topology import Kind

Colours = Literal["unrolled", "lecture", "grey"]
Paper = Literal["white", "none"]
Words = Annotated[str, Field(max_length=600)]
MOST_STEPS, MOST_LAYERS, LONGEST_WORD = 30, 5, 24
Length = Annotated[int, Field(ge=0, le=MOST_STEPS)]


class FigureRequest(Document):
    """Ask for a figure; lengths that are left out follow from the words, or from the kind."""

    kind: Kind = Field(default="many_to_one", description="which steps read x, and which emit an output")
    T_x: Length | None = Field(default=None, description="inputs; null: as many as words, or a few")
    T_y: Length | None = Field(default=None, description="outputs; null: as many as words, or a few")
    layers: int = Field(default=1, ge=1, le=MOST_LAYERS, description="recurrent layers")
    bidirectional: bool = Field(default=False, description="a second chain of states that reads from the end")
    attention: bool = Field(default=False, description="arcs from the encoder's states to the last output")
    collapse: Annotated[str, Field(max_length=MOST_STEPS, pattern=r"^[a-z_]*$")] = Field(
        default="",
        description="many_to_many: what each output says before repeats and blanks (_) go, as in `_hhel_llo`",
    )
    x_words: Words = Field(default="", description="what stands in the boxes of x, parted by spaces, or by |")
    y_words: Words = Field(default="", description="what stands in the boxes of y, parted by spaces, or by |")
    initial: bool = Field(default=False, description="the states before the first step, too")
    bare: bool = Field(default=False, description="without T_x and T_y and their brackets")
    notation: Notation = Field(default="lectures", description="a⟨t⟩ of the lectures, or h_t of most papers")
    colours: Colours = Field(default="unrolled", description="of boxes; grey is for print")
    paper: Paper = Field(default="white", description="what stands behind; none: nothing, for slides")

    @property
    def diagram(self) -> Diagram:
        """Fill in what was left out. Raises InvalidRequest for what no network of this kind has."""
        x, y = (words_of(words, name) for words, name in ((self.x_words, "x_words"), (self.y_words, "y_words")))
        T_x, T_y = self._lengths(len(x), len(y))
        try:
            diagram = Diagram(
                kind=self.kind,
                T_x=T_x,
                T_y=T_y,
                path=self.collapse,
                layers=self.layers,
                directions=2 if self.bidirectional else 1,
                attention="dot" if self.attention else None,
                x_words=x,
                y_words=y,
                initial=self.initial,
            )
            diagram.topology  # noqa: B018 -- it raises
        except ConfigError as error:
            raise InvalidRequest(str(error), "kind") from error
        return diagram

    def _lengths(self, x: int, y: int) -> tuple[int, int]:
        if self.collapse:
            return len(self.collapse), len(reading_of(self.collapse))
        read = self.T_x if self.T_x is not None else x
        wrote = self.T_y if self.T_y is not None else y
        match self.kind:
            case "one_to_one":
                return 1, 1
            case "one_to_many":
                return (1 if self.T_x is None else self.T_x), wrote or 4
            case "many_to_one":
                return read or 4, 1
            case "many_to_many":
                both = read or wrote or 4
                return both, both if self.T_y is None else self.T_y
            case "encoder_decoder":
                return read or 3, wrote or 4


def words_of(text: str, field: str) -> tuple[str, ...]:
    """Take words apart: at `|` where there is one, at spaces else. Raises InvalidRequest for long ones, or too many."""
    words = tuple(word.strip() for word in (text.split("|") if "|" in text else text.split()))
    if len(words) > MOST_STEPS:
        raise InvalidRequest(f"{field} has {len(words)} words; a figure has at most {MOST_STEPS} steps", field)
    long = next((word for word in words if len(word) > LONGEST_WORD), None)
    if long is not None:
        raise InvalidRequest(f"'{long[:12]}…' has {len(long)} characters; a box holds {LONGEST_WORD}", field)
    return words
