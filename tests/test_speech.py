"""The speech example: an utterance is heard however it was recorded, and what is none of the sixteen is refused."""

import io
import tarfile
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from models.files import ArchiveFormat
from models.inputs import Sound
from models.inputs.sound import decoded
from models.listing import GALLERY, load_example
from models.speech.corpus import phrase_of
from models.speech.hearing import AROUND, BANDS, FLOOR, HOP, LONGEST, RATE, STACK, hear, steps
from models.speech.phrases import DIGITS, LETTERS, PHRASES, read_off, spelled
from models.speech.pool import Item, load, save
from models.speech.train import batch_of, config_of, spread
from models.speech.variety import Variety, at_speed, noise
from models.speech.verdict import CANDIDATES, of_frames, of_writer
from unrolled import InvalidInput, Network
from unrolled.ctc import labelling_of

FOLDER = GALLERY / "speech"
SPEECH = load_example(FOLDER)
SAMPLES = list(dict.fromkeys(sample.file for sample in SPEECH.samples if sample.file))
SAID = [file for file in SAMPLES if not file.startswith("backwards")]
MEDIA = {".wav": "audio/wav", ".flac": "audio/flac"}


def wave_of(file: str, rate: int = RATE) -> np.ndarray:
    path = FOLDER / file
    return decoded(path.read_bytes(), MEDIA[path.suffix], rate)


def chirp(seconds: float = 0.5) -> np.ndarray:
    time = np.arange(int(seconds * RATE)) / RATE
    return (0.3 * np.sin(2 * np.pi * (300 + 800 * time) * time) * np.hanning(len(time))).astype(np.float32)


def answer(samples: np.ndarray, rate: int, variant: str) -> str:
    return SPEECH.trace(Sound.of(samples, rate), variant).answer


def test_loudness_and_silence_around_do_not_change_what_is_heard() -> None:
    alone = np.pad(chirp(), 30 * HOP)
    once, again = hear(alone), hear(np.pad(0.1 * alone, (57 * HOP, 91 * HOP)))
    assert once is not None and again is not None
    np.testing.assert_allclose(again.frames, once.frames, atol=0.01)
    assert again.start == pytest.approx(once.start + 57 * HOP / RATE)


def test_a_tenth_of_a_second_of_silence_stands_around_an_utterance_even_where_none_was_recorded() -> None:
    heard = hear(np.full(RATE // 4, 0.1, np.float32) * np.sign(chirp(0.25) + 1e-3))
    assert heard is not None and heard.start == -AROUND * HOP / RATE
    assert (heard.frames[0] == FLOOR).all() and (heard.frames[-1] == FLOOR).all()


@pytest.mark.parametrize("sound", [np.zeros(RATE, np.float32), np.full(RATE, 0.4, np.float32)], ids=["zeros", "push"])
def test_silence_is_not_heard(sound: np.ndarray) -> None:
    assert hear(sound) is None
    with pytest.raises(InvalidInput, match="heard nothing"):
        SPEECH.read(Sound.of(sound, RATE), "ctc")


def test_of_two_utterances_the_louder_one_is_heard() -> None:
    heard = hear(np.concatenate((0.3 * chirp(), np.zeros(RATE), chirp(), np.zeros(RATE))))
    assert heard is not None and heard.start == pytest.approx(1.5, abs=0.15)


def test_ten_seconds_of_noise_are_cut_to_what_the_network_reads() -> None:
    heard = hear(0.1 * noise(10 * RATE, np.random.default_rng(0)).astype(np.float32))
    assert heard is not None and len(heard.frames) <= LONGEST + 2 * AROUND
    assert len(steps(heard.frames)) <= SPEECH.about.input.max_steps


@pytest.mark.parametrize("variant", SPEECH.variants)
@pytest.mark.parametrize("file", SAID)
def test_every_recorded_sample_is_called_what_its_name_says(file: str, variant: str) -> None:
    said = Path(file).stem.replace("_", " ")
    assert SPEECH.trace(next(s.input for s in SPEECH.samples if s.file == file), variant).answer.startswith(f"{said} (")


@pytest.mark.parametrize("variant", SPEECH.variants)
def test_a_word_played_backwards_is_none_of_the_sixteen(variant: str) -> None:
    for file in set(SAMPLES) - set(SAID):
        assert answer(wave_of(file), RATE, variant).startswith("none of the sixteen, likeliest")


@pytest.mark.parametrize("variant", SPEECH.variants)
def test_noise_is_taken_for_no_word(variant: str) -> None:
    for seed in range(8):
        sound = 0.1 * noise((1 + seed) * RATE // 2, np.random.default_rng(seed))
        assert answer(sound.astype(np.float32), RATE, variant).startswith("none of the sixteen")


@pytest.mark.parametrize("rate", [8000, 16_000, 22_050, 44_100, 48_000])
def test_a_word_is_understood_at_every_rate_and_with_silence_around(rate: int) -> None:
    for file in SAID[:3]:
        sound = np.pad(0.5 * wave_of(file, rate), (rate, 2 * rate))
        assert answer(sound, rate, "ctc").startswith(Path(file).stem.replace("_", " "))


def test_a_stereo_file_of_48_khz_is_understood() -> None:
    file, out = SAID[0], io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(2)
        writer.setsampwidth(2)
        writer.setframerate(48_000)
        both = np.repeat((wave_of(file, 48_000) * 30_000).astype("<i2"), 2)
        writer.writeframes(both.tobytes())
    mixed = decoded(out.getvalue(), "audio/wav", RATE)
    assert answer(mixed, RATE, "ctc").startswith(Path(file).stem.replace("_", " "))


def test_steps_are_slices_of_the_sound_in_order() -> None:
    trace = SPEECH.trace(SPEECH.samples[0].input, "ctc")
    slices = [label.slice for label in trace.x_labels if label.slice and label.slice.kind == "time"]
    assert trace.source is not None and trace.source.kind == "sound" and len(slices) > trace.T_x // 2
    assert all(a.last == pytest.approx(b.first) for a, b in pairwise(slices))
    assert slices[0].first >= 0 and slices[-1].last <= trace.source.seconds
    assert trace.seconds is not None and sum(trace.seconds) == pytest.approx(trace.T_x * STACK * HOP / RATE, rel=1e-5)


def test_letters_and_classes_are_the_same_thing() -> None:
    assert all(read_off(spelled(phrase)) == phrase for phrase in PHRASES)
    assert len(set(LETTERS)) == len(LETTERS) and min(spelled("a")) > 0


def test_frames_that_surely_say_a_phrase_are_that_phrase() -> None:
    path = spread([spelled("three")], 30)[0]
    log_p = (20 * torch.nn.functional.one_hot(path, 1 + len(LETTERS)).float()).log_softmax(-1)
    verdict = of_frames(log_p)
    assert verdict.phrase == "three" and verdict.sure > 0.99
    assert of_frames(log_p * 0 + torch.tensor(1 / len(log_p[0])).log()).p.sum() <= 1


def test_blanks_alone_are_none_of_the_sixteen() -> None:
    log_p = torch.zeros(20, 1 + len(LETTERS))
    log_p[:, 0] = 20
    assert not of_frames(log_p.log_softmax(-1)).accepted


def test_a_writer_is_judged_by_what_it_would_write() -> None:
    torch.manual_seed(0)
    network, x = Network(config_of("attention")).eval(), torch.randn(12, STACK * BANDS)
    log_p = []
    for phrase in CANDIDATES:
        y = torch.tensor([[*spelled(phrase), 0]])
        said = network(x[None], None, y).log_softmax(-1).gather(-1, y[..., None])
        log_p.append(said.sum().item())
    expected = torch.tensor(log_p).softmax(-1)[:-1]
    np.testing.assert_allclose(of_writer(network, x).p, expected, rtol=1e-4)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("seven/0a7c2a8d_nohash_0.wav", "seven"),
        ("recordings/7_theo_3.wav", "seven"),
        ("a/wake_words_trim/view_glass/12.flac", "view glass"),
        ("happy/0a7c2a8d_nohash_0.wav", ""),
        ("noise.wav", ""),
    ],
)
def test_the_name_of_a_recording_tells_what_is_said(path: str, said: str) -> None:
    assert phrase_of(path) == said


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    return path


def test_an_archive_of_recordings_is_measured(tmp_path: Path) -> None:
    files = {f"{Path(file).stem}/take.{file[-4:].strip('.')}": (FOLDER / file).read_bytes() for file in SAMPLES}
    path = archive(tmp_path / "clips.tar.gz", {**files, "README.md": b"nothing to hear"})
    scores = SPEECH.evaluate(SPEECH.file_format.read(path), SPEECH.variants["ctc"])
    assert scores["digits"] == scores["phrases"] == scores["refused"] == 1
    assert scores["recordings"] == len(SAMPLES) and scores["silent"] == 0


def test_an_archive_with_a_broken_recording_is_refused_by_its_name(tmp_path: Path) -> None:
    path = archive(tmp_path / "clips.tar", {"seven/broken.wav": b"RIFFxxxx"})
    with pytest.raises(InvalidInput, match=r"seven/broken\.wav: there is no sound"):
        SPEECH.evaluate(ArchiveFormat((".wav",)).read(path), SPEECH.variants["ctc"])


def test_speed_changes_the_length_of_a_sound_and_not_its_loudness() -> None:
    fast = at_speed(chirp(), 1.25)
    assert len(fast) == pytest.approx(0.4 * RATE, abs=1)
    assert fast.std() == pytest.approx(chirp().std(), rel=0.02)


def test_a_clip_is_heard_in_other_ways_and_in_the_same_ways_again() -> None:
    def ways() -> list[np.ndarray]:
        vary = Variety([chirp(1.0)], np.random.default_rng(3), rooms=4)
        return [heard.frames for heard in (vary(chirp()) for _ in range(6)) if heard is not None]

    first, again = ways(), ways()
    assert len({frames.shape for frames in first}) > 1
    assert all((a == b).all() for a, b in zip(first, again, strict=True))


def test_items_survive_their_file(tmp_path: Path) -> None:
    heard = hear(chirp())
    assert heard is not None
    items = [Item.of("two five", "a, b", heard), Item.of("", "noise", heard)]
    save(tmp_path / "heard.npz", items)
    for kept, item in zip(load(tmp_path / "heard.npz"), items, strict=True):
        assert kept[:2] == item[:2] and (kept.frames == item.frames).all()


def test_a_batch_has_one_length_which_ctc_can_write_its_letters_in() -> None:
    short, long = (np.zeros((frames, BANDS), np.uint8) for frames in (16, 60))
    x, letters = batch_of([Item("three", "a", short), Item("view glass", "b", long)], np.random.default_rng(0))
    assert x.shape[0] == 2 and x.shape[2] == STACK * BANDS and x.shape[1] >= len("view glass") + 2
    assert letters == [spelled("three"), spelled("view glass")]


@pytest.mark.parametrize("phrase", [*DIGITS, "view glass", ""])
def test_letters_that_are_spread_over_frames_collapse_to_themselves(phrase: str) -> None:
    path = spread([spelled(phrase)], 40)[0].tolist()
    assert list(labelling_of(path, 0)) == spelled(phrase)
