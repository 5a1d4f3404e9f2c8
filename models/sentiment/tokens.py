"""Text as the network reads it: tokens like the treebank's, each written as the table of words has it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from nltk.tokenize import TreebankWordTokenizer

from models.inputs.alphabet import without_accents

NUMBER, HANDLE, LINK = "<number>", "@user", "<link>"
SPELLINGS = {
    "-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "-lcb-": "{", "-rcb-": "}",
    "``": '"', "''": '"', "`": "'",
}  # fmt: skip
EMOTICONS = {
    face: word
    for word, faces in {
        "happy": ":) :-) :)) =) :] (: ^^ ^_^ :o) :>",
        "glad": ":D :-D =D xD XD ;D",
        "playful": ";) ;-) :P :-P =P :p ;P",
        "love": "<3 :* :-* <33",
        "sad": ":( :-( =( :[ ): :(( :'( :,( D: T_T ;_; </3 :c",
        "awkward": ":/ :-/ =/ :\\ :-\\ :S :s :| :-| -_- >_<",
        "angry": ">:( >:-(",
    }.items()
    for face in faces.split()
}
QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "--", "…": "..."})
SENTENCE_END = re.compile(r"(?<=[\w!?)'\"][\w!?)'\"][.!?])\s+(?=\S)")
ABBREVIATION = re.compile(r"\b(?:mr|mrs|ms|dr|jr|sr|st|vs|etc|prof|no)\.$", re.IGNORECASE)
FACES = "|".join(re.escape(face) for face in sorted(EMOTICONS, key=len, reverse=True))
# What is kept whole: links, handles, and smileys that stand alone or behind a word: `nice:)`, but not `8:3`.
WHOLE = re.compile(
    rf"https?://[^\s()<>\"]*[\w/#]|\bwww\.[^\s()<>\"]*[\w/#]|(?<![\w@])@\w+|(?<!\S)(?:{FACES})(?![^\s.,!?])|(?<=[a-z!?.])[:;=]-?[()](?=[\s.,!?]|$)"
)
BARE_NOT = re.compile(r"\b([dw]o|is|are|was|were|does|did|ha[sd]|have|would|could|should|ca)nt\b", re.IGNORECASE)
LINKED = re.compile(r"(?:https?://|www\.)\S")
DIGITS = re.compile(r"[+-]?[\d.,:/]*\d[\d.,:/]*(?:st|nd|rd|th|s)?")
RUN = re.compile(r"(.)\1{2,}")
FILLERS = {"face", "with", "sign", "symbol", "black", "white", "heavy", "and", "of", "the"}
_PTB = TreebankWordTokenizer()


def tokenise(text: str) -> list[str]:
    """Split free text as the Penn Treebank does: `isn't` -> `is`, `n't`; punctuation and emoji apart.

    The tokeniser takes a full stop off at the end of a text only, so it is given one sentence at a time.
    """
    tokens: list[str] = []
    rest = ""
    plain = BARE_NOT.sub(r"\1n't", stand_alone(text.translate(QUOTES)))
    for sentence in SENTENCE_END.split(plain):
        rest = f"{rest} {sentence}".strip()
        if not ABBREVIATION.search(rest):
            tokens += split_words(rest)
            rest = ""
    return tokens + split_words(rest)


def split_words(sentence: str) -> list[str]:
    """Split one sentence, keeping emoticons, links and handles whole."""
    tokens: list[str] = []
    at = 0
    for whole in WHOLE.finditer(sentence):
        tokens += [*_PTB.tokenize(sentence[at : whole.start()]), whole[0]]
        at = whole.end()
    return tokens + _PTB.tokenize(sentence[at:])


def is_picture(character: str) -> bool:
    """Say whether a character is an emoji or another symbol that stands for a word."""
    return unicodedata.category(character) == "So"


def stand_alone(text: str) -> str:
    """Put spaces around every emoji, and drop what only varies its looks: skin colours and joiners."""
    visible = (c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Sk") or c in "\n\t`^")
    return "".join(f" {c} " if is_picture(c) else c for c in visible if not "\ufe00" <= c <= "\ufe0f")


@lru_cache(maxsize=200_000)
def written(token: str) -> str:
    """Write a token as the table does: lower case, plain quotes and brackets, no escapes."""
    plain = unicodedata.normalize("NFKC", token).translate(QUOTES).lower().replace("\\", "")
    if plain[:1] == "@" and len(plain) > 1:
        return HANDLE
    return LINK if LINKED.match(plain) else SPELLINGS.get(plain, plain)


def readings(token: str) -> Iterator[tuple[str, ...]]:
    """List how a token may be read, the closest first; several words stand for their mean."""
    word = written(token)
    yield (word,)
    if face := EMOTICONS.get(token) or EMOTICONS.get(word):
        yield (face,)
    if DIGITS.fullmatch(word):
        yield (NUMBER,)
    bare = without_accents(word)
    yield (bare,)
    once, twice = (RUN.sub(r"\1", bare),), (RUN.sub(r"\1\1", bare),)
    yield from (once, twice) if bare[-3:] == 3 * bare[-1:] else (twice, once)  # sooo: so, but goood: good
    yield (bare.strip("'.*_~-#@"),)
    if len(word) == 1 and is_picture(word):
        yield tuple(w for w in re.findall(r"\w+", unicodedata.name(word, "").lower()) if w not in FILLERS)
    yield tuple(part for part in re.split(r"[-/&'.]+", bare) if part)
