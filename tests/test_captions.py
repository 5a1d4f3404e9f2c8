"""The captions example: a photo becomes 49 places, the places a sentence, and archives of photos are measured."""

import io
import random
import tarfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from models.captions.backbone import FEATURES, FILE, GRID, SIDE, Backbone, places, whole
from models.captions.convert import ENDS, INSIDE, renamed
from models.captions.corpus import captions_in, parse, words_of
from models.captions.looking import places_of
from models.captions.score import bleu
from models.captions.train import Language, Told, config_of
from models.captions.words import END, OTHER, Words
from models.evaluate import main
from models.files import BadLine
from models.inputs import Photo
from models.listing import GALLERY, load_example
from unrolled import Network, Trace

FOLDER = GALLERY / "captions"
CAPTIONS = load_example(FOLDER)
PHOTOS = sorted(FOLDER.glob("*.jpg"))


def photo(colour: str = "olive", size: tuple[int, int] = (80, 60)) -> Photo:
    return Photo.of(Image.new("RGB", size, colour))


def trace(variant: str = "attention", gradient: int | None = None) -> Trace:
    return CAPTIONS.trace(CAPTIONS.samples[0].input, variant, gradient=gradient)


def archive(folder: Path, table: bytes | None, name: str = "captions.tsv") -> Path:
    """Pack the samples as photos, with a table of captions."""
    path = folder / "photos.tar"
    with tarfile.open(path, "w") as file:
        for part, data in [*((p.name, p.read_bytes()) for p in PHOTOS), *([(name, table)] if table else [])]:
            entry = tarfile.TarInfo(part)
            entry.size = len(data)
            file.addfile(entry, io.BytesIO(data))
    return path


def table(captions: int = 2) -> bytes:
    return "".join(f"{p.name}#{n}\tA dog runs through the grass .\n" for p in PHOTOS for n in range(captions)).encode()


def test_a_picture_has_49_places_of_1280_numbers_and_another_one_has_others() -> None:
    grey, noise = np.full((SIDE, SIDE, 3), 127, np.uint8), np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3))
    seen = places(np.stack([grey, noise.astype(np.uint8)]))
    assert seen.shape == (2, GRID**2, FEATURES)
    assert seen.min() >= 0 and seen.max() <= 6
    assert (seen[0] - seen[1]).abs().mean() > 0.01


def test_a_place_is_what_stands_there() -> None:
    picture = np.full((SIDE, SIDE, 3), 127, np.uint8)
    picture[:40, -40:] = np.random.default_rng(0).integers(0, 256, (40, 40, 3))
    change = (places(picture[None])[0] - places(np.full_like(picture, 127)[None])[0]).abs().mean(1)
    row, column = divmod(int(change.argmax()), GRID)
    assert row <= 1 and column >= GRID - 2


def test_folding_a_normalisation_into_its_convolution_changes_nothing() -> None:
    published = {}
    torch.manual_seed(0)
    for name, weight in Backbone().state_dict().items():
        if name.endswith(".weight"):
            published[name] = weight
    theirs = _as_published(published)
    folded = dict(renamed(theirs))
    assert set(folded) == set(Backbone().state_dict())
    x = torch.randn(1, 3, 8, 8)
    plain = torch.nn.functional.conv2d(x, theirs["_conv_stem.weight"])
    normed = torch.nn.functional.batch_norm(
        plain, theirs["_bn0.running_mean"], theirs["_bn0.running_var"], theirs["_bn0.weight"], theirs["_bn0.bias"],
        eps=1e-3,
    )  # fmt: skip
    ours = torch.nn.functional.conv2d(x, folded["first.weight"], folded["first.bias"])
    assert torch.allclose(normed, ours, atol=1e-4)


def _as_published(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Name weights as the published file does, with a random normalisation behind each convolution."""
    found: dict[str, torch.Tensor] = {}
    for name, weight in weights.items():
        ours = name.removesuffix(".weight")
        if ours in ENDS:
            convolution, norm = ENDS[ours]
        else:
            _, number, part = ours.split(".")
            convolution, norm = (f"_blocks.{number}.{end}" for end in INSIDE[part])
        found[f"{convolution}.weight"] = weight
        for part in ("weight", "bias", "running_mean", "running_var"):
            found[f"{norm}.{part}"] = torch.rand(len(weight)) + 0.5
    return found


def test_the_backbone_is_small_and_frozen() -> None:
    assert FILE.stat().st_size < 10e6
    assert not places_of(photo()).requires_grad


def test_nothing_of_a_photo_is_cut_off_before_it_is_read() -> None:
    wide = Image.new("RGB", (400, 100), "black")
    wide.paste("white", (390, 0, 400, 100))
    assert whole(wide).shape == (SIDE, SIDE, 3)
    assert whole(wide)[:, -1].min() > 200


def test_one_thing_is_read_and_its_places_are_parts_of_the_photo() -> None:
    found = trace()
    assert (found.T_x, found.network.topology.kind, found.reads, found.writes) == (1, "one_to_many", "pixels", "words")
    assert found.places is not None and len(found.places) == GRID**2
    assert found.places[GRID].text == "row 2, col 1"
    assert found.attention is not None and found.attention.shape == (found.T_y, GRID**2)
    assert trace("pooled").attention is None


@pytest.mark.parametrize("variant", CAPTIONS.variants)
def test_a_word_has_a_gradient_at_every_place(variant: str) -> None:
    gradient = trace(variant, gradient=1).gradient
    assert gradient is not None and gradient.places is not None
    assert gradient.places.shape == (GRID**2,) and np.abs(gradient.places).max() > 0


@pytest.mark.parametrize("variant", CAPTIONS.variants)
def test_what_is_written_is_words_with_an_end_and_never_the_sign_for_rare_ones(variant: str) -> None:
    for sample in CAPTIONS.samples:
        found = CAPTIONS.trace(sample.input, variant)
        assert found.outputs[-1].index == END
        assert all(output.index != OTHER for output in found.outputs)
        assert found.answer == " ".join(output.label for output in found.outputs[:-1])


def test_words_come_back_and_rare_ones_are_one_class() -> None:
    words = Words(["a", "dog", "runs"])
    assert words_of("A DOG's ball .") == ["a", "dog's", "ball"]
    assert words.classes("A dog flies .") == [2, 3, OTHER, END]
    assert words.caption([2, 3, END, 4]) == "a dog"
    assert Words.load().labels == CAPTIONS.y_labels(CAPTIONS.variants["pooled"])


def test_bleu_is_that_of_papineni() -> None:
    told = [["A dog runs through the grass .", "the brown dog is running"]]
    assert bleu(["a dog runs through the grass"], told) == pytest.approx(1)
    assert bleu(["a dog"], told, 1) == pytest.approx(np.exp(1 - 5 / 2))  # all right, and too short
    assert bleu(["cat"], told) < 0.01


def test_captions_are_told_by_the_other_captions_and_padding_changes_nothing() -> None:
    torch.manual_seed(0)
    network = Network(config_of("attention", 12)).eval()
    network.read = Told(12, 256)
    x, y = torch.tensor([[[3, 4, 5]]]), torch.tensor([[3, 6, END]])
    padded = torch.tensor([[[3, 4, 5, END, END]]])
    with torch.inference_mode():
        one, same = (network(told, torch.tensor([3]), y) for told in (x, padded))
    assert torch.allclose(one, same, atol=1e-5)


def test_what_is_told_of_a_caption_is_nothing_of_its_own() -> None:
    language = Language([[[2, 3, END], [4, 5, END]]], random.Random(0))
    for _ in range(20):
        assert set(language.told(language.groups[0], 0)) <= {4, 5}


def test_an_archive_is_measured_with_its_captions_in_it_or_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["captions", str(archive(tmp_path, table())), "--variant", "pooled"]) == 0
    inside = capsys.readouterr().out
    (tmp_path / "captions.tsv").write_bytes(table())
    assert main(["captions", str(archive(tmp_path, None)), "--variant", "pooled"]) == 0
    assert capsys.readouterr().out == inside
    assert "bleu_4: " in inside and f"photos: {len(PHOTOS)}\nleft_out: 0\n" in inside


def test_an_archive_without_captions_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["captions", str(archive(tmp_path, b"other.jpg\ta dog\n"))]) == 1
    assert "none of its photos has a caption; the file should hold photos" in capsys.readouterr().err


def test_a_line_that_is_no_caption_is_named_by_its_number() -> None:
    with pytest.raises(BadLine, match="line 2: a line holds the name of a photo, a tab, and a caption"):
        parse("a.jpg\ta dog\nb.jpg\n")
    assert captions_in({"x.txt": b"a.jpg#0\ta dog\na.jpg#1\tthe dog\n"}) == {"a.jpg": ["a dog", "the dog"]}
