"""The tunes that the networks learn from.

Five genres out of three collections, cleaned, each melody once.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models import datasets
from models.music.abc import Body, Note, Tune, Unreadable, read_tune, tunes_of
from models.music.form import bars, tidy
from models.training import hash_fraction

# genre -> the length of a bar in eighths, and the meters that it is written in
GENRES = {"reel": 8, "jig": 6, "hornpipe": 8, "slip jig": 9, "waltz": 6}
SCALES = {
    "reel": {8: 1, 4: 2},
    "hornpipe": {8: 1, 4: 2},
    "jig": {6: 1},
    "slip jig": {9: 1},
    "waltz": {6: 1, 3: 2},
}
IN_METER = {"C": "reel", "C|": "reel", "4/4": "reel", "6/8": "jig", "9/8": "slip jig", "3/4": "waltz"}
ARCHIVES = ("music/nottingham.tar.gz", "music/music21.tar.gz")
MODES_WRITTEN = ("major", "minor", "dorian", "mixolydian")
ALIKE, TRAINING_SHARE, SALT = 16, 0.9, "tune "  # salted so that the few waltzes fall on both sides
_FILES = {"reels": "reel", "jigs": "jig", "waltzes": "waltz", "slip.": "slip jig"}  # of Nottingham
MIDDLE = 9  # semitones above middle C that the middle of a tune is brought near
_NAMES = (
    ("slip jig", r"slip ?jig|hop ?jig"),
    ("jig", r"jig"),
    ("hornpipe", r"hornpipe"),
    ("reel", r"reel"),
    ("waltz", r"waltz"),
)


@dataclass(frozen=True)
class Dance:
    """Hold a tune as the networks know it: transposed to C, its bars as long as its genre's, its form tidy."""

    titles: tuple[str, ...]
    genre: str
    mode: str
    body: Body


def genre_of(tune: Tune, otherwise: str | None = None) -> str:
    """Find the genre in the tune's rhythm field or its titles. Raises Unreadable if none of ours is there."""
    for text in (*tune.headers.get("R", ()), *tune.headers.get("T", ())):
        for name, pattern in _NAMES:
            if re.search(rf"\b({pattern})s?\b", text, re.IGNORECASE):
                return "slip jig" if name == "jig" and tune.meter == 9 else name
    if otherwise is None:
        raise Unreadable(f"its rhythm (R:) is none of {', '.join(GENRES)}")
    return otherwise


def dance_of(tune: Tune, otherwise: str | None = None) -> Dance:
    """Bring a tune into the form that the networks know. Raises Unreadable with the reason."""
    genre = genre_of(tune, otherwise)
    if tune.meter not in SCALES[genre]:
        raise Unreadable(f"a {genre} is not in {tune.headers.get('M', ('',))[-1]}")
    pitches = [item.pitch for item in tune.body if isinstance(item, Note) and item.pitch is not None]
    if not pitches:
        raise Unreadable("there are no notes in it")
    middle = sum(pitches) / len(pitches) - tune.tonic
    shift = -tune.tonic + 12 * round((MIDDLE - middle) / 12)
    body = tuple(_moved(item, shift, SCALES[genre][int(tune.meter)]) for item in tidy(tune.body))
    check(body, GENRES[genre])
    return Dance(tune.headers.get("T", ()), genre, tune.mode, body)


def _moved(item: Note | str, shift: int, scale: int) -> Note | str:
    if isinstance(item, str):
        return item
    return Note(None if item.pitch is None else item.pitch + shift, item.eighths * scale)


def check(body: Body, eighths: int) -> None:
    """Raise Unreadable if a bar within a part is not full, one is too full, or a triplet is broken."""
    for number, bar in enumerate(bars(body), start=1):
        if not bar.whole_triplets:
            raise Unreadable(f"a triplet in bar {number} has not three notes")
        if bar.eighths > eighths or (bar.inner and bar.eighths != eighths):
            raise Unreadable(f"bar {number} lasts {bar.eighths} eighths, not {eighths}")


def collections() -> Iterator[tuple[str, str | None]]:
    """Give the collections as texts, each with the genre of what names none (Nottingham has a file for each)."""
    for archive in ARCHIVES:
        for path, contents in datasets.files(archive).items():
            file = path.rsplit("/", 1)[1]
            genre = next((g for start, g in _FILES.items() if file.startswith(start)), None)
            yield contents.decode("latin-1").replace("\r", ""), genre


def dances(texts: Iterable[tuple[str, str | None]], read: Callable[[Tune, str | None], Dance]) -> Iterator[Dance]:
    """Read what can be read of some texts, and leave out the rest."""
    for text, otherwise in texts:
        for line, written in tunes_of(text):
            try:
                yield read(read_tune(written, line), otherwise)
            except Unreadable:
                continue


def nameless(tune: Tune, otherwise: str | None = None) -> Dance:
    """Take a tune that names no genre for one in its meter. Raises Unreadable for one that names its genre."""
    try:
        genre_of(tune, otherwise)
    except Unreadable:
        meter = tune.headers.get("M", ("",))[-1]
        return dance_of(tune, IN_METER.get(meter))
    raise Unreadable("it names its genre")


def melody(body: Body) -> tuple[int, ...]:
    """Give the steps from note to note, in semitones: what stays of a melody in any key and any rhythm."""
    pitches = [item.pitch for item in body if isinstance(item, Note) and item.pitch is not None]
    return tuple(b - a for a, b in pairwise(pitches))


def windows(body: Body, notes: int = ALIKE) -> set[tuple[int, ...]]:
    """Give all the stretches of so many notes running."""
    steps = melody(body)
    return {steps[i : i + notes - 1] for i in range(len(steps) - notes + 2)}


@dataclass(frozen=True)
class Kin:
    """Say how the tunes of a collection are related: which share anything, and which are one melody."""

    families: tuple[tuple[int, ...], ...]  # share a title or 16 notes running, directly or through others
    doubles: frozenset[tuple[int, int]]  # share a quarter of the shorter one's stretches of 16 notes; later, earlier


def kin(tunes: Sequence[Dance]) -> Kin:
    """Find out which tunes are related, by their titles and by their stretches of 16 notes."""
    family = list(range(len(tunes)))

    def root(i: int) -> int:
        while family[i] != i:
            family[i] = family[family[i]]
            i = family[i]
        return i

    found = [windows(tune.body) for tune in tunes]
    by_stretch: dict[tuple[int, ...], list[int]] = defaultdict(list)
    by_title: dict[str, int] = {}
    doubles: set[tuple[int, int]] = set()
    for i, tune in enumerate(tunes):
        shared = Counter(j for stretch in found[i] for j in by_stretch[stretch])
        doubles |= {(i, j) for j, n in shared.items() if n >= min(len(found[i]), len(found[j])) / 4}
        for other in (*shared, *(by_title.setdefault(title, i) for title in map(plain_title, tune.titles) if title)):
            family[root(i)] = root(other)
        for stretch in found[i]:
            by_stretch[stretch].append(i)
    gathered: dict[int, list[int]] = defaultdict(list)
    for i in range(len(tunes)):
        gathered[root(i)].append(i)
    return Kin(tuple(map(tuple, gathered.values())), frozenset(doubles))


def plain_title(title: str) -> str:
    """Write a title the way in which two books agree: without the article, the kind of dance and what is no letter."""
    title = re.sub(r"\b(the|a|an|reel|jig|slip|hornpipe|waltz|no|number)\b|'s\b", " ", title.casefold())
    return re.sub(r"[^a-z0-9]+", "", title)


def parts() -> tuple[list[Dance], list[Dance]]:
    """Give the tunes for training and for development, 90 % and 10 % by hash; of one melody the first setting is kept.

    No title and no 16 notes running of a tune for development are in any tune for training.
    """
    tunes = [tune for tune in dances(collections(), dance_of) if tune.mode in MODES_WRITTEN]
    related = kin(tunes)
    training: list[Dance] = []
    development: list[Dance] = []
    for family in related.families:
        kept: list[int] = []
        for i in family:
            if not any((i, j) in related.doubles for j in kept):
                kept.append(i)
        name = min(plain_title(title) for i in family for title in tunes[i].titles or ("",))
        (training if hash_fraction(SALT + name) < TRAINING_SHARE else development).extend(tunes[i] for i in kept)
    return training, development


def others(training: Sequence[Dance], development: Sequence[Dance]) -> list[Dance]:
    """Give the tunes that name no genre, each as one in its meter: marches, songs, dances without a rhythm field.

    None of them shares a title or 16 notes running with a tune for development, and none is a melody for training.
    """
    tunes = [*training, *development]
    tunes += [tune for tune in dances(collections(), nameless) if tune.mode in MODES_WRITTEN]
    first, held_out = len(training) + len(development), range(len(training), len(training) + len(development))
    related = kin(tunes)
    apart = {i for family in related.families if not any(j in held_out for j in family) for i in family}
    doubles = {later for later, _ in related.doubles}
    return [tunes[i] for i in range(first, len(tunes)) if i in apart and i not in doubles]
