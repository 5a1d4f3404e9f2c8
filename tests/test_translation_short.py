"""The short pairs that the translators learn beside the corpus: words, greetings, names and numbers."""

import random
import re

import pytest

from models.translation.augmentation import bare
from models.translation.corpus import Pair
from models.translation.pieces import normalise
from models.translation.short import ALONE, SEEN, Short, lexicon, nouns, rows_of

CORPUS = [
    Pair(f"{who} {sees} {article} {french}.", f"{she} {see} {the} {english}.")
    for who, she in (("Elle", "She"), ("Il", "He"))
    for sees, see in (("voit", "sees"), ("mange", "eats"))
    for article, the in (("le", "the"), ("un", "a"))
    for french, english in (("chat", "cat"), ("chien", "dog"), ("pain", "bread"))
    for _ in range(SEEN)
]


@pytest.fixture(scope="module")
def short() -> Short:
    return Short(CORPUS, ["Bob", "Eve"], random.Random(0))


def test_words_translate_each_other_that_stand_in_the_same_sentences() -> None:
    found = lexicon(CORPUS)
    assert {"chat": "cat", "chien": "dog", "pain": "bread", "voit": "sees", "elle": "she"}.items() <= found.items()
    assert lexicon(CORPUS[:: 6 * SEEN]) == {}  # seen too seldom


def test_nouns_are_the_words_behind_articles() -> None:
    found = nouns(CORPUS, lexicon(CORPUS))
    assert ("le chat", "the cat") in found and ("un pain", "a bread") in found
    assert not any("voit" in french for french, _ in found)


@pytest.mark.parametrize("table", ["phrases.tsv", "numbers.tsv"])
def test_the_tables_have_two_columns_as_the_network_reads_them(table: str) -> None:
    rows = rows_of(table)
    assert all(len(row) == 2 for row in rows)
    assert all(normalise(french) == french for french, _ in rows)
    assert all(sorted(re.findall("{.*?}", french)) == sorted(re.findall("{.*?}", english)) for french, english in rows)


def test_gaps_are_filled_with_the_same_in_both_languages(short: Short) -> None:
    for _ in range(3000):
        french, english = (text for text in vars(short()).values())
        assert "{" not in french + english
        assert re.findall(r"\d+", french) == re.findall(r"\d+", english)
        assert french and english


def test_few_words_without_a_final_mark_are_translated_without_one(short: Short) -> None:
    pairs = [short() for _ in range(3000)]
    few = [pair for pair in pairs if len(pair.french.split()) <= ALONE]
    assert {pair.french for pair in few} >= {"Bonjour", "Bonjour.", "chat", "le chat"}
    assert all(pair.english[-1] not in ".!?" for pair in few if pair.french[-1] not in ".!?")


def test_names_that_nobody_has_are_drawn_so_that_names_are_copied(short: Short) -> None:
    usual = {row[0] for row in short.proper["name"]} | {"Bob", "Eve"}
    drawn = {short.name() for _ in range(500)}
    assert all(french == english for french, english in drawn)
    assert usual & {french for french, _ in drawn} and {french for french, _ in drawn} - usual


def test_a_bare_sentence_has_small_letters_blanks_and_final_marks() -> None:
    assert bare("C'est un jeune directeur, plein de talent.") == "c est un jeune directeur plein de talent."
    assert bare("Où habites-tu ?") == "ou habites tu ?"
