"""Every example measures a good file in any packing; a bad one is refused in one line that says what it should hold."""

import gzip
import inspect
import os
import threading
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from models.evaluate import EvaluationError, development_file, main, measure
from models.files import FileFormat
from models.listing import load_examples

EXAMPLES = load_examples()
GENES = """LOCUS       tiny
     CDS             1..9
                     /gene="tiny"
ORIGIN
        1 atggcctaaa cgtacgtacg
//
"""
HOURS = "ts,y\n" + "".join(f"2014-01-{d:02d} {h:02d}:00:00,{d + h % 7}\n" for d in range(1, 10) for h in range(24))
WORDS = "Sentence #,Word,POS,Tag\nSentence: 1,London,NNP,B-geo\n,sleeps,VBZ,O\n"
GOOD = {  # the smallest file that each one measures
    "adding": "0.5* 0.1 0.25*\t0.75\n",
    "dates": "3 May 2009\t2009-05-03\n",
    "digits": "\n".join(f"{digit},{','.join(['0', '255'] * 392)}" for digit in (1, 7)) + "\n",
    "dna": GENES,
    "entities": WORDS,
    "forecast": HOURS,
    "handwriting": "1 50,0,0 50,100,1\nL 0,0,0 0,100,0 80,100,1\n",
    "music": "X:1\nT:One\nR:jig\nM:6/8\nL:1/8\nK:G\nGBd gdB|AFD G3:|\n",
    "names": "anna\nben\n",
    "scenes": '{"items": [["cat", 28, 58], ["tree", 70, 55]]}\n{"items": [["sun", 50, 50, 1.5]]}\n',
    "sentiment": "(3 (2 It) (4 (2 's) (4 lovely)))\n",
    "shakespeare": "What say you?\nNothing, my lord.\n",
    "translation": "I'm cold.\tJ'ai froid.\n",
}
# A line in the middle of the good file that it cannot be; shakespeare's has a letter that the plays do not have.
ODD = dict.fromkeys(GOOD, "§§ no line of this file §§") | {"entities": ",dog,NN,B-dog", "forecast": "noon,many"}
TEXTS = [slug for slug, example in EXAMPLES.items() if isinstance(example.file_format, FileFormat)]
every_example = pytest.mark.parametrize("slug", EXAMPLES)
every_text = pytest.mark.parametrize("slug", TEXTS)  # the others are measured on archives, by tests of their own


def evaluate(slug: str, path: Path) -> int:
    return main([slug, str(path), "--variant", EXAMPLES[slug].about.default_variant])


def complaint(slug: str, path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Measure what cannot be measured, and give the one line that is said about it."""
    assert evaluate(slug, path) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert EXAMPLES[slug].about.measured_on.split()[0] in said.err
    return said.err


def test_every_example_that_reads_text_has_a_good_file_here() -> None:
    assert set(GOOD) == set(TEXTS)


@every_text
@pytest.mark.parametrize(
    "pack",
    [
        str.encode,
        lambda text: gzip.compress(text.encode()),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    ],
    ids=["plain", "gzip", "windows"],
)
def test_a_good_file_is_measured_however_it_is_saved(
    slug: str, pack: Callable[[str], bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plain").write_bytes(GOOD[slug].encode())
    (tmp_path / "packed").write_bytes(pack(GOOD[slug]))
    assert evaluate(slug, tmp_path / "plain") == 0
    plain = capsys.readouterr().out
    assert evaluate(slug, tmp_path / "packed") == 0
    assert capsys.readouterr().out == plain != ""


def test_a_pipe_is_as_good_as_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=[GOOD["names"]])
    writer.start()
    assert main(["names", str(pipe)]) == 0
    writer.join()
    assert capsys.readouterr().out.count("nats_per_character") == len(EXAMPLES["names"].variants)


@every_example
@pytest.mark.parametrize("contents", [b"", b"\n \n\t\n"], ids=["empty", "blank"])
def test_a_file_with_nothing_in_it_says_what_it_should_hold(
    slug: str, contents: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_bytes(contents)
    assert "nothing in it" in complaint(slug, file, capsys)


@every_example
def test_a_device_a_folder_and_a_missing_file_are_refused(
    slug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nothing in it" in complaint(slug, Path(os.devnull), capsys)
    assert "a folder" in complaint(slug, tmp_path, capsys)
    assert "no such file" in complaint(slug, tmp_path / "nowhere", capsys)


@every_example
@pytest.mark.parametrize(
    "contents",
    [bytes(range(256)), gzip.compress(bytes(range(256)))[:99], b"PK\x03\x04" + bytes(60), b"\x89PNG\r\n\x00"],
    ids=["bytes", "half a gzip", "half a zip", "picture"],
)
def test_a_file_that_is_no_text_is_refused(
    slug: str, contents: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_bytes(contents)
    assert complaint(slug, file, capsys)


@every_text
def test_a_bad_line_is_named_by_its_number(slug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    lines = GOOD[slug].splitlines()
    at = len(lines) - 1 if slug in {"dna", "entities", "forecast"} else len(lines)
    file.write_text("\n".join([*lines[:at], ODD[slug], *lines[at:]]) + "\n", "utf-8")
    assert f"{file}:{at + 1}: " in complaint(slug, file, capsys)


@every_text
def test_an_encoding_that_is_not_read_is_named(slug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_bytes(GOOD[slug].encode() + "Zoë".encode("utf-16"))
    assert complaint(slug, file, capsys)


WITH_PART = [slug for slug in EXAMPLES if find_spec(f"models.{slug}.development")]
NEEDS_NO_DATA = ("adding", "scenes")  # their problems are drawn


@pytest.mark.parametrize("slug", WITH_PART)
def test_every_development_part_is_made_by_one_call(slug: str) -> None:
    signature = inspect.signature(import_module(f"models.{slug}.development").development, eval_str=True)
    assert not signature.parameters and signature.return_annotation is bytes


@pytest.mark.parametrize("slug", NEEDS_NO_DATA)
def test_a_development_part_is_a_file_that_is_measured(slug: str, tmp_path: Path) -> None:
    file = development_file(slug, tmp_path)
    assert EXAMPLES[slug].file_format.read(file)
    first = file.read_bytes()
    assert development_file(slug, tmp_path).read_bytes() == first


def test_without_a_file_the_development_part_is_measured() -> None:
    assert measure("adding", None, "lstm") == {"lstm": EXAMPLES["adding"].card.results["lstm"]}


def test_a_part_whose_data_is_not_at_hand_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UNROLLED_DATA", str(tmp_path))
    monkeypatch.setenv("UNROLLED_CACHE", str(tmp_path))
    (tmp_path / "characters").mkdir()
    (tmp_path / "characters" / "names.txt").write_text("anna\n")
    assert main(["names"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "names.txt" in said.err


def test_an_example_without_a_part_says_so() -> None:
    with pytest.raises(EvaluationError, match="DATA=PATH"):
        development_file("no_such_example")
