"""What a reader calls the symbols: `G4 ⅛`, `rest ¼`, `major`, `|:`."""

from models.music.abc import Note
from models.music.tokens import item_of

NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_FRACTIONS = {"1/8": "⅛", "1/4": "¼", "3/8": "⅜", "1/2": "½", "5/8": "⅝", "3/4": "¾"}
_MARKS = {"end": "⟨end⟩"}


def label(symbol: str) -> str:
    """Name a symbol; a length is a share of a whole note."""
    item = item_of(symbol)
    if isinstance(item, str):
        return _MARKS.get(item, item)
    length = str(item.eighths / 8)
    return f"{pitch_name(item)} {_FRACTIONS.get(length, length)}"


def pitch_name(note: Note) -> str:
    """Name a pitch with the number of its octave: C4 is middle C."""
    if note.pitch is None:
        return "rest"
    octave, pitch = divmod(note.pitch, 12)
    return f"{NAMES[pitch]}{octave + 4}"
