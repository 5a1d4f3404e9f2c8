"""A text that a network cannot read is noticed and read all the same; of what is too short to tell nothing is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.inputs import TextSpec
from models.inputs.language import CAPITALS, FEW, NAMES, capitals_notice, language_notice, small_words
from models.listing import load_examples

EXAMPLES = load_examples()
READS = {
    slug: example.about.input
    for slug, example in EXAMPLES.items()
    if isinstance(example.about.input, TextSpec) and example.about.input.language
}
SENTENCES = {
    "cs": ("Včera jsme byli v divadle a bylo to velmi dobré.", "Nevím, kde je můj nový klíč od bytu."),
    "da": ("Jeg ved ikke hvor han har lagt den bog.", "Vi skal til stranden i morgen hvis det ikke regner."),
    "de": ("Ich habe gestern ein sehr gutes Buch gelesen.", "Wo ist der Bahnhof, und wann fährt der Zug?"),
    "en": ("I have lost the key to my house.", "Where is the station and when does the train leave?"),
    "es": ("No sé dónde está la llave de mi casa.", "Mi hermana vive en un pueblo muy pequeño."),
    "fi": ("En tiedä missä minun avaimeni ovat nyt.", "Hän on ollut täällä koko päivän ja odottaa."),
    "fr": ("Je ne sais pas où est la clé.", "Ma sœur habite dans un petit village près de la mer."),
    "hu": ("Nem tudom, hogy hol van a kulcs.", "Ez a könyv nagyon szép, de már nincs meg."),
    "id": ("Saya tidak tahu di mana kunci rumah itu.", "Kami akan pergi ke pantai dengan dia besok."),
    "it": ("Non so dove sono le chiavi della macchina.", "Mia sorella abita in una città molto piccola."),
    "nl": ("Ik weet niet waar mijn sleutels zijn.", "Morgen gaan wij met het hele gezin naar het strand."),
    "no": ("Jeg vet ikke hvor jeg har lagt nøklene.", "Vi skal på tur i fjellet hvis været blir bra."),
    "pl": ("Nie wiem, gdzie są moje klucze do domu.", "To jest bardzo dobra książka, ale już jej nie ma."),
    "pt": ("Não sei onde estão as chaves do carro.", "Minha irmã mora em uma cidade muito pequena."),
    "ro": ("Nu știu unde este cheia de la casă.", "Am fost la mare și a fost foarte frumos."),
    "sv": ("Jag vet inte var jag har lagt nycklarna.", "Vi ska åka till stranden om det inte regnar."),
    "tr": ("Bu kitap çok güzel ama ben onu okumadım.", "Ne zaman ve nerede olduğunu bilmiyorum çünkü yoktum."),
    "vi": ("Tôi không biết chìa khóa của tôi ở đâu.", "Hôm nay tôi đã đi chợ với mẹ và em."),
}
OTHER_LETTERS = {
    "Я не знаю, где мой ключ.": "Cyrillic letters",
    "Да": "Cyrillic letters",
    "Δεν ξέρω πού είναι το κλειδί.": "Greek letters",
    "我不知道钥匙在哪里。": "Chinese characters",
    "私は鍵がどこにあるか知りません。": "Japanese characters",
    "열쇠가 어디 있는지 몰라요.": "Korean letters",
    "لا أعرف أين المفتاح.": "Arabic letters",
    "אני לא יודע איפה המפתח.": "Hebrew letters",
    "मुझे नहीं पता।": "Devanagari letters",
    "ᚠᛖᚱ": "characters of another script",
}
# Those that come back from capitals: the Turkish ı does not.
WORDS = st.sampled_from(sorted(w for w in frozenset().union(*small_words().values()) if w.title().lower() == w))
READ = st.sampled_from(("en", "fr"))


def remarks(slug: str, text: str) -> tuple[str, ...]:
    return EXAMPLES[slug].read(text, EXAMPLES[slug].about.default_variant).remarks


def noticed(remark: str) -> bool:
    return "this network" in remark


def test_every_language_has_small_words_a_name_and_sentences_here() -> None:
    assert set(small_words()) == set(NAMES) == set(SENTENCES)
    assert {spec.language for spec in READS.values()} <= set(NAMES)


@given(READ, st.lists(WORDS, max_size=FEW - 1))
def test_one_or_two_words_tell_no_language(language: str, words: list[str]) -> None:
    assert language_notice(" ".join(words), language) == ""


@given(READ, st.lists(WORDS, max_size=9))
def test_neither_case_nor_order_nor_repetition_counts(language: str, words: list[str]) -> None:
    text = " ".join(words)
    assert language_notice(text.title(), language) == language_notice(" ".join(reversed(words)), language)
    if len(words) >= FEW:
        assert language_notice(f"{text} {text}", language) == language_notice(text, language)


@given(READ, st.data())
def test_words_of_the_own_language_alone_are_never_noticed(language: str, data: st.DataObject) -> None:
    own = st.sampled_from(sorted(small_words()[language]))
    assert language_notice(" ".join(data.draw(st.lists(own, max_size=12))), language) == ""


@pytest.mark.parametrize("reads", ["en", "fr"])
@pytest.mark.parametrize(("language", "text"), [(k, text) for k, texts in SENTENCES.items() for text in texts])
def test_a_sentence_is_noticed_unless_it_is_in_the_language_that_is_read(reads: str, language: str, text: str) -> None:
    said = language_notice(text, reads)
    kin = {"da": ("Danish", "Norwegian"), "no": ("Danish", "Norwegian")}.get(language, (NAMES[language],))
    expected = [""] if language == reads else [f"this looks like {n}; this network reads {NAMES[reads]}" for n in kin]
    assert said in expected


@pytest.mark.parametrize(("text", "letters"), OTHER_LETTERS.items())
def test_other_letters_are_noticed_however_few(text: str, letters: str) -> None:
    assert language_notice(text, "en") == f"this is written in {letters}; this network reads English"


@pytest.mark.parametrize("text", ["", "42 !", "😀😀", "Иван met Anna in Kraków.", "Łódź", "ﬁne", "10 µm"])
def test_names_marks_and_accents_are_no_other_letters(text: str) -> None:
    assert language_notice(text, "en") == ""


@given(st.lists(st.sampled_from(("http://t.co/do", "https://ja.je.to/za", "www.que.es", "@esta", "@na")), max_size=6))
def test_links_and_handles_tell_no_language(marks: list[str]) -> None:
    assert language_notice(" ".join(("We saw them:", *marks)), "en") == ""


def test_where_no_language_is_expected_none_is_noticed() -> None:
    assert language_notice("Я не знаю, где мой ключ.", None) == ""


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyzéà", min_size=1, max_size=7), max_size=8), st.data())
def test_capitals_are_noticed_where_they_are_all_there_is(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words).upper()
    assert bool(capitals_notice(text)) == (len(words) >= FEW and sum(map(len, words)) >= CAPITALS)
    if words:
        place = data.draw(st.integers(0, len(text)))
        assert capitals_notice(f"{text[:place]}a{text[place:]}") == ""


@pytest.mark.parametrize("slug", READS)
def test_an_example_runs_on_a_text_in_another_language_and_says_so_once(slug: str) -> None:
    for language in ("de", "nl"):
        trace = EXAMPLES[slug].trace(SENTENCES[language][0])
        assert trace.answer and sum(map(noticed, trace.remarks)) == 1


@pytest.mark.parametrize("slug", READS)
def test_capitals_are_noticed_where_they_are_misread_alone(slug: str) -> None:
    loud = SENTENCES[str(READS[slug].language)][0].upper()
    assert any("capitals" in said for said in remarks(slug, loud)) is not READS[slug].capitals


@pytest.mark.parametrize("slug", EXAMPLES)
def test_its_own_samples_and_placeholder_are_never_noticed(slug: str) -> None:
    example = EXAMPLES[slug]
    if not isinstance(example.about.input, TextSpec):
        pytest.skip("reads no text")
    for text in (example.about.input.placeholder, *(sample.input for sample in example.samples)):
        if text or not example.about.input.required:
            assert not any(map(noticed, remarks(slug, text))), text


@pytest.mark.parametrize("slug", ["names", "dates", "dna", "forecast"])
def test_names_dates_bases_and_numbers_have_no_language(slug: str) -> None:
    spec = EXAMPLES[slug].about.input
    assert isinstance(spec, TextSpec) and spec.language is None and spec.capitals
