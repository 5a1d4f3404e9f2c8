"""The symbols in a figure's boxes, as plain text, as LaTeX and in parts for whoever typesets them."""

from dataclasses import dataclass
from typing import Literal

Notation = Literal["lectures", "papers"]
Arrow = Literal["", "→", "←"]


@dataclass(frozen=True)
class Sign:
    """Name one input, state or output: its letter as in the lectures, and where it stands; all counted from 1."""

    letter: Literal["x", "a", "s", "y"]
    t: int
    layer: int | None = None  # where there are several
    arrow: Arrow = ""  # where there are two directions

    @property
    def text(self) -> str:
        """Write it in one line of plain text."""
        layer = "" if self.layer is None else f"[{self.layer}]"
        return f"{'ŷ' if self.letter == 'y' else self.letter}{self.arrow}{layer}⟨{self.t}⟩"


@dataclass(frozen=True)
class Parts:
    """Hold what is typeset: a letter, what stands over it, and its indices."""

    base: str
    over: Literal["", "hat", "→", "←"]
    high: str
    low: str

    @property
    def latex(self) -> str:
        """Write it as LaTeX mathematics."""
        wraps = {"": "{}", "hat": r"\hat{{{}}}", "→": r"\overrightarrow{{{}}}", "←": r"\overleftarrow{{{}}}"}
        high = self.high.replace("⟨", r"\langle ").replace("⟩", r"\rangle ")
        raised = f"^{{{high.strip()}}}" if high else ""
        return wraps[self.over].format(self.base) + raised + (f"_{{{self.low}}}" if self.low else "")


def parts_of(sign: Sign, notation: Notation) -> Parts:
    """Spell a symbol: as the lectures do (Ng), a with step and layer raised; or as papers do, h with the step low."""
    over = "hat" if sign.letter == "y" else sign.arrow
    if notation == "lectures":
        layer = "" if sign.layer is None else f"[{sign.layer}]"
        return Parts(sign.letter, over, f"{layer}⟨{sign.t}⟩", "")
    layer = "" if sign.layer is None else f"({sign.layer})"
    return Parts("h" if sign.letter == "a" else sign.letter, over, layer, str(sign.t))
