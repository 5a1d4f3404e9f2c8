"""The first step of every text: what nobody sees goes, what looks alike is one character. Alphabets judge after it.

Nothing here knows what a text is for: letters, marks that can be seen and line ends stay. What was changed is said in
plain sentences, which stand on the page. Kinds of spaces and line ends are made one kind without a word.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from models.inputs.markup import drop_tags, unescape
from models.inputs.sentences import counted, named

PASSES = 4  # a step can make work for one before it: a tag within an escape; more often than this nobody nests them
FOLDS = {
    **dict.fromkeys("‘’‛ʼʹʻˈ`´′‵‚＇՚׳ꞌ\x91\x92", "'"),
    **dict.fromkeys("“”„‟«»″‶〝〞＂\x93\x94", '"'),
    **dict.fromkeys("‐‑‒–−﹣－⁃˗\x96", "-"),
    **dict.fromkeys("—―⸺⸻﹘\x97", "--"),
    **dict.fromkeys("…\x85", "..."),
}  # \x85 to \x97: Windows' own, which a wrong encoding leaves behind
LINE_ENDS = re.compile("\r\n|[\r\v\f\u2028\u2029]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
GROUPED = re.compile("(?<![0-9])[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+(?![0-9])")
CUT = re.compile(r"(?<=[^\W\d_])[-‐\u00ad][ \t]*\n[ \t]*(?=[^\W\d_])")
# Marks that say how an emoji looks: nobody misses them, and phones set them by themselves.
LOOKS = re.compile("[\u200d\ufe00-\ufe0f]")
UNSEEN = {
    "soft hyphen": "\u00ad",
    "mark of writing direction": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "control character": "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x90\x95\x98-\x9f",
    # The rest of Unicode's Default_Ignorable_Code_Point (UAX #44), and the marks of annotations.
    "invisible mark": "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u2060-\u2065\u206a-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff",
}
_UNSEEN = {name: re.compile(f"[{characters}]") for name, characters in UNSEEN.items()}

Step = tuple[str, Sequence[str]]  # a text, and what was changed in it


@dataclass(frozen=True)
class Cleaned:
    """Hold a text after its first step, and what was changed, a plain sentence each."""

    text: str
    changes: tuple[str, ...] = ()


def clean(text: str, keeps: str = "") -> Cleaned:
    """Take a text through the first step; the characters in `keeps` stay as they are, since an alphabet has them."""
    steps: tuple[Callable[[str], Step], ...] = (
        one_kind_of_space,
        unescape,
        drop_tags,
        join_lines,
        lambda text: fold(text, keeps),
        drop_unseen,
        compose,
    )
    changes: dict[str, None] = {}
    for _ in range(PASSES):
        before = text
        for step in steps:
            text, changed = step(text)
            changes |= dict.fromkeys(changed)
        if text == before:
            break
    return Cleaned(text, tuple(changes))


def one_kind_of_space(text: str) -> Step:
    """Make line ends and spaces one kind each; a no-break space that groups the digits of one number goes."""
    grouped = [found[0] for found in GROUPED.finditer(text)]
    text = GROUPED.sub(lambda found: SPACES.sub("", found[0]), LINE_ENDS.sub("\n", text))
    said = (f"{SPACES.sub(' ', number)} was read as {SPACES.sub('', number)}" for number in grouped)
    return SPACES.sub(" ", text), named(said, "numbers")


def join_lines(text: str) -> Step:
    """Join a word that a hyphen and a line end cut in two, as in a PDF: a small letter goes on after a letter."""
    joined: list[str] = []

    def whole(found: re.Match[str]) -> str:
        if not text[found.end()].islower():
            return found[0]
        before = re.search(r"[^\W\d_]*$", text[max(0, found.start() - 30) : found.start()])
        after = re.match(r"[^\W\d_]*", text[found.end() : found.end() + 30])
        joined.append(f"{before[0] if before else ''}{after[0] if after else ''}")
        return ""

    text = CUT.sub(whole, text)
    return text, named((f"{word} was put together, which a line end had cut in two" for word in joined), "words")


def fold(text: str, keeps: str = "") -> Step:
    """Write apostrophes, quotes, dashes and minus signs as keyboards do, letters of another font or width plainly."""
    table = {character: to for character, to in FOLDS.items() if character not in keeps}
    pairs = "``" in text
    text = text.replace("``", '"').replace("''", '"') if pairs else text  # TeX's and the Penn Treebank's
    found = dict.fromkeys(character for character in text if character in table)
    letters = dict.fromkeys(character for character in text if character not in FOLDS and plain(character))
    if found or letters:
        text = "".join(table.get(c) or (c if c in FOLDS else plain(c) or c) for c in text)
    said = [f"{c if c.isprintable() else 'a misread mark'} was read as {table[c]}" for c in found]
    if letters:
        said.append(f"letters of another font or width were read as plain ones: {listed(letters)}")
    return text, ['`` was read as "', *said] if pairs else said


@cache
def plain(character: str) -> str:
    """Write a letter of another font or width, or two in one (ﬁ), as plain ones; "" for every other character."""
    if character < "\u0100":
        return ""
    how = unicodedata.decomposition(character).partition(" ")[0]
    other = how in ("<font>", "<wide>", "<narrow>") or "\ufb00" <= character <= "\ufb06"
    return unicodedata.normalize("NFKC", character) if other else ""


def listed(characters: Iterable[str], most: int = 5) -> str:
    """List characters, the first few of them."""
    some = list(characters)
    return " ".join(some[:most]) + (" ..." if len(some) > most else "")


def drop_unseen(text: str) -> Step:
    """Drop what nobody sees."""
    said: list[str] = []
    for name, pattern in _UNSEEN.items():
        text, count = pattern.subn("", text)
        if count:
            said.append(f"{counted(count, name)} dropped")
    return LOOKS.sub("", text), said


def compose(text: str) -> Step:
    """Join accents that are typed apart to their letters (NFC), as a Mac's file names have them."""
    composed = unicodedata.normalize("NFC", text)
    apart = len(composed) < len(text)
    return composed, ["accents that stood apart were joined to their letters"] if apart else []
