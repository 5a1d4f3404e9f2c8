"""A scene: a few things, each somewhere, of some size, turned by some angle."""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from models.inputs.kind import InputKind, Spec, Strict, too_many
from unrolled import InvalidInput

MOST = 200  # things that anybody may send
DECIMALS = 2  # in the text form
Number = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]


class Item(NamedTuple):
    """Name one thing and where its middle is; its size as a share of its own, its turn in degrees, clockwise."""

    name: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^,;]+$")]
    x: Number
    y: Number
    size: Number = 1.0
    turn: Number = 0.0


class SceneSpec(Spec):
    """Tell which things there are, how many may stand in a scene, how large it is, and how large things may be.

    A thing of size 1 is `side` wide and high. `art` is where a page finds the drawing of a `{name}`; the ids of axes in
    braces stand for what the variant chooses on them.
    """

    kind: Literal["scene"] = "scene"
    names: tuple[str, ...] = Field(min_length=1)
    min_items: int = 1
    max_items: int = Field(ge=1, le=MOST)
    width: float
    height: float
    smallest: float = 0.25
    largest: float = 4.0
    side: float = Field(default=1.0, gt=0)
    art: str | None = None


class Scene(Strict):
    """Hold a scene: things in the order in which they are drawn, the last one in front."""

    kind: Literal["scene"] = "scene"
    items: tuple[Item, ...] = Field(
        max_length=MOST, description="name, x, y, size (1 is its own), turn in degrees; the last one stands in front"
    )


class SceneKind(InputKind[Scene, SceneSpec]):
    """Writes a scene as `cat,20,30,1,0;sun,60,5,0.6,0`; size and turn may be left out."""

    name = "scene"
    called = "a scene"
    typed = False

    def from_text(self, text: str, spec: SceneSpec) -> Scene:
        """Read the things between semicolons."""
        things = [thing.strip() for thing in text.split(";") if thing.strip()]
        if len(things) > MOST:
            raise too_many(len(things), "things", spec.max_items)
        return Scene(items=tuple(_item(thing) for thing in things))

    def to_text(self, value: Scene) -> str:
        """Write the things, with two decimals at most."""
        return ";".join(",".join((name, *map(_short, numbers))) for name, *numbers in value.items)

    def check(self, value: Scene, spec: SceneSpec) -> Scene:
        """Refuse too few things and too many, things that there are not, and what lies outside."""
        count = len(value.items)
        if spec.required and count < spec.min_items:
            raise _too_few(count, spec)
        if count > spec.max_items:
            raise too_many(count, "things", spec.max_items)
        for number, item in enumerate(value.items, start=1):
            _check_item(item, f"thing {number}", spec)
        return value


def _too_few(count: int, spec: SceneSpec) -> InvalidInput:
    found = f"{count} things are too few" if count else "nothing is in the scene"
    least = f"at least {spec.min_items} things" if spec.min_items > 1 else "something"
    return InvalidInput(f"{found}: put {least} into it, or choose a sample")


def _short(number: float) -> str:
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _item(thing: str) -> Item:
    name, *numbers = (part.strip() for part in thing.split(","))
    try:
        read = [float(number) for number in numbers]
    except ValueError:
        read = []
    if not (name and len(name) <= 40 and 2 <= len(read) <= 4 and all(abs(number) <= 100_000 for number in read)):
        raise InvalidInput(f"'{thing[:40]}' is no thing of a scene: write name,x,y,size,turn as in cat,20,30,1,0")
    return Item(name, *read)


def _check_item(item: Item, called: str, spec: SceneSpec) -> None:
    if item.name not in spec.names:
        raise InvalidInput(f"there is no '{item.name}' to put into a scene; there are {', '.join(spec.names)}")
    if not (0 <= item.x <= spec.width and 0 <= item.y <= spec.height):
        raise InvalidInput(f"{called}, {item.name}, lies outside: x goes to {spec.width:g}, y to {spec.height:g}")
    if not spec.smallest <= item.size <= spec.largest:
        raise InvalidInput(
            f"{called}, {item.name}, has the size {item.size:g}; {spec.smallest:g} to {spec.largest:g} are drawn"
        )
    if abs(item.turn) > 360:
        raise InvalidInput(f"{called}, {item.name}, is turned by {item.turn:g} degrees; -360 to 360 are drawn")
