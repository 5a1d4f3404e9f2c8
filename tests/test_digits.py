"""The digits example: how a drawing is prepared, what the files of MNIST are, what the network says."""

import gzip
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from models.digits.mnist import BOX, SIDE, parse, prepare, scaled
from models.files import BadLine
from models.inputs import Drawing, kind_of
from models.listing import load_examples
from tests.helpers import measured_on
from unrolled import InvalidInput

EXAMPLE = load_examples()["digits"]
HEADER = {"images": b"\0\0\x08\x03", "labels": b"\0\0\x08\x01"}


def sheet(top: int, left: int, height: int, width: int, side: int = 40) -> np.ndarray:
    ink = np.zeros((side, side), np.float32)
    ink[top : top + height, left : left + width] = 1
    return ink


@pytest.mark.parametrize("where", [(2, 2, 30, 10), (0, 0, 6, 6), (20, 1, 3, 38), (39, 39, 1, 1)])
def test_a_drawing_is_cropped_scaled_and_centred(where: tuple[int, int, int, int]) -> None:
    picture = prepare(sheet(*where))
    rows, columns = np.nonzero(picture > 0.05)
    assert picture.shape == (SIDE, SIDE)
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == BOX
    y, x = (np.indices(picture.shape) * picture).sum((1, 2)) / picture.sum()
    assert abs(y - (SIDE - 1) / 2) <= 0.51
    assert abs(x - (SIDE - 1) / 2) <= 0.51


def test_where_and_how_large_a_digit_is_drawn_does_not_matter() -> None:
    assert np.allclose(prepare(sheet(3, 4, 20, 8)), prepare(sheet(18, 30, 20, 8)))
    assert np.allclose(prepare(sheet(0, 0, 20, 8)), prepare(sheet(0, 0, 40, 16)), atol=0.02)


def test_scaling_loses_no_ink() -> None:
    picture = np.random.default_rng(0).random((31, 17)).astype(np.float32)
    small = scaled(picture, 0.4)
    assert small.mean() == pytest.approx(picture.mean(), rel=0.02)


def test_every_sample_of_a_digit_is_read_rightly_by_both_networks() -> None:
    digits = {"three": "3", "seven": "7", "four": "4", "five": "5", "eight": "8", "six": "6", "nine": "9", "two": "2"}
    for sample in EXAMPLE.samples:
        said = next((digit for word, digit in digits.items() if word in sample.note), None)
        for variant in EXAMPLE.variants:
            if said:
                assert EXAMPLE.trace(sample.input, variant).outputs[0].label == said


@pytest.mark.parametrize(("side", "refused"), [(1, True), (4, True), (9, False)])
def test_a_dot_is_refused_with_the_way_out(side: int, refused: bool) -> None:
    drawing = Drawing.of(sheet(10, 10, side, side, 28))
    with pytest.raises(InvalidInput, match="a dot is no digit: draw one") if refused else nullcontext():
        EXAMPLE.trace(drawing)


def test_a_trace_shows_the_picture_that_was_read() -> None:
    trace = EXAMPLE.trace(EXAMPLE.samples[0].input, gradient=0)
    assert trace.source is not None and trace.x_labels[0].slice is not None
    assert (trace.T_x, trace.T_y, trace.source.width, trace.x.shape) == (1, 1, SIDE, (1, SIDE * SIDE))
    assert len(trace.outputs[0].alternatives) == 10
    assert trace.gradient is not None and trace.gradient.x_entries is not None
    assert np.linalg.norm(trace.gradient.x_entries) == pytest.approx(trace.gradient.x[0], rel=1e-5)


def test_what_a_cell_would_hand_on_is_zero() -> None:
    for network in EXAMPLE.networks.values():
        assert network.encoder is not None
        handed = [w for name, w in network.encoder.named_parameters() if "_hh_" in name]
        assert handed and not any(w.any() for w in handed)


def test_a_text_form_and_an_object_give_the_same_run() -> None:
    text = EXAMPLE.samples[0].input
    sent = kind_of(EXAMPLE.about.input).from_text(text, EXAMPLE.about.input)
    assert isinstance(sent, Drawing)
    assert EXAMPLE.trace(sent).to_json() == EXAMPLE.trace(text).to_json()


def pair(folder: Path, pictures: np.ndarray, labels: np.ndarray, pack: bool = False) -> Path:
    for name, kind, values in (("images", "idx3", pictures), ("labels", "idx1", labels)):
        counts = b"".join(size.to_bytes(4) for size in values.shape)
        data = HEADER[name] + counts + values.astype(np.uint8).tobytes()
        file = folder / f"t10k-{name}-{kind}-ubyte{'.gz' if pack else ''}"
        file.write_bytes(gzip.compress(data) if pack else data)
    return folder / f"t10k-images-idx3-ubyte{'.gz' if pack else ''}"


@pytest.mark.parametrize("pack", [False, True])
def test_mnists_own_files_and_a_table_measure_the_same(tmp_path: Path, pack: bool) -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (5, SIDE, SIDE))
    labels = np.arange(5)
    table = tmp_path / "digits.csv"
    rows = (",".join(map(str, [label, *picture.ravel()])) for label, picture in zip(labels, pictures, strict=True))
    table.write_text("label,...\n" + "\n".join(rows))
    own = pair(tmp_path, pictures, labels, pack)
    assert np.array_equal(parse(str(EXAMPLE.file_format.read(own))).pictures, pictures)
    assert measured_on(EXAMPLE, own, "one") == measured_on(EXAMPLE, table, "one")


def test_pictures_without_their_labels_are_refused(tmp_path: Path) -> None:
    path = pair(tmp_path, np.zeros((1, SIDE, SIDE)), np.zeros(1))
    (tmp_path / "t10k-labels-idx1-ubyte").unlink()
    with pytest.raises(InvalidInput, match="t10k-labels-idx1-ubyte"):
        EXAMPLE.file_format.read(path)


@pytest.mark.parametrize("line", ["3", "3,a", "11," + "0," * 783 + "0", "1," + "0," * 783 + "256"])
def test_a_line_that_is_no_digit_is_named(line: str) -> None:
    with pytest.raises(BadLine, match="line 1"):
        parse(line)
