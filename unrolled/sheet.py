"""What a run wrote, where it is music: how it is engraved, and when it sounds."""

from pydantic import Field

from unrolled.document import Document


class SheetNote(Document):
    """Hold one note that sounds: the output that wrote it, its pitch (MIDI, 60 is middle C), its place in eighths."""

    y: int
    pitch: int = Field(ge=0, le=127)
    start: float
    length: float


class Sheet(Document):
    """Hold a tune in ABC notation, in pieces, and the notes of it that sound.

    `head` and then one of `pieces` for each output is the whole tune, or as much of it as is written so far: no piece
    depends on a later one. `meter` is the time signature, `eighth` the seconds of an eighth note.
    """

    head: str
    pieces: tuple[str, ...]
    meter: tuple[int, int]
    eighth: float
    notes: tuple[SheetNote, ...]
