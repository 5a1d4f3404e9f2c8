"""What may be wrong with a network, found in one run: each finding with the steps that show it and the way out."""

from typing import Annotated

from pydantic import Field

from unrolled.document import Document
from unrolled.topology import Direction, Part


class Finding(Document):
    """Say one thing that is likely wrong, or worth knowing, about a network.

    `kind` names what was looked for (`backward_read_too_early`), `title` is a headline of a few words, `sentence` what
    was measured, `way_out` what to change. `steps` are the columns that show it, `t` counted from 0 as in
    `Trace.columns`; empty where it is about all of them. `part`, `layer` and `direction` say in which layer record,
    `units` which of its units; None or empty where it is not about one of them. `code` is the line to write instead,
    as Python; None where there is no such line.
    """

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    title: str
    sentence: str
    way_out: str
    steps: tuple[int, ...] = ()
    part: Part | None = None
    layer: int | None = None
    direction: Direction | None = None
    units: tuple[int, ...] = ()
    code: str | None = None
