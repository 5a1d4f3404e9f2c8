"""A sound is recorded or sent as a file, cut, run by its name, and restored by its address; what goes wrong is said."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, FilePayload, Page, expect

from app.settings import Settings
from tests.browser.example_page import ExamplePage
from tests.live import listening
from tests.some_inputs import sound_file, tone
from tests.tiny_sound import STEP, listening_gallery
from tools import chromium

RANG = FilePayload(name="ring.wav", mimeType="audio/wav", buffer=sound_file("wav", "pcm_s16le", tone(1.2, 48_000)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the tiny example that hears."""
    examples = listening_gallery(tmp_path_factory.mktemp("listening"))
    with listening(examples, Settings()) as (host, port):
        yield f"http://{host}:{port}"


@pytest.fixture(scope="module")
def singing(browser_type: BrowserType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start a browser whose microphone hears a tone."""
    file = tmp_path_factory.mktemp("microphone") / "tone.wav"
    file.write_bytes(RANG["buffer"])
    options = chromium.launch_options()
    heard = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={file}",
    ]
    browser = browser_type.launch(**{**options, "args": [*options.get("args", ()), *heard]})
    yield browser
    browser.close()


def opened(page: Page, site: str, query: str = "step=1") -> ExamplePage:
    page.goto(f"{site}/examples/listener?{query}")
    example = ExamplePage(page, "listener")
    expect(example.picture).to_be_visible()
    return example


def test_a_file_is_sent_once_and_its_address_restores_it(page: Page, site: str) -> None:
    example = opened(page, site)
    example.expect_length("T_x", 10)
    page.locator("form.field input[type=file]").set_input_files(RANG)
    example.expect_length("T_x", 12)
    page.wait_for_url(re.compile(r"input=(@|%40)[0-9a-f]{16}"))
    expect(page.locator("form.field svg path")).to_be_visible()
    page.reload()
    example.expect_length("T_x", 12)


def test_a_part_is_chosen_and_runs(page: Page, site: str) -> None:
    example = opened(page, site)
    page.locator("form.field input[type=file]").set_input_files(RANG)
    example.expect_length("T_x", 12)
    page.get_by_label("begin at").fill("0.5")
    example.expect_length("T_x", 6)


def test_samples_are_named_by_their_notes_and_pictures_stand_in_the_chips(page: Page, site: str) -> None:
    example = opened(page, site)
    expect(example.picture.locator(".chip.x image").first).to_have_attribute("href", re.compile("^data:image/png"))
    page.get_by_role("list", name="Samples").get_by_role("button", name="a short one").click()
    example.expect_length("T_x", 5)


def test_the_microphone_is_heard_until_it_is_stopped(singing: Browser, site: str) -> None:
    page = singing.new_page()
    opened(page, site)
    page.get_by_role("button", name="record").click()
    expect(page.get_by_label("loudness")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^(0\.[5-9]|1\.\d) / 2 s$"))).to_be_visible()
    page.get_by_role("button", name="stop").click()
    page.wait_for_url(re.compile(r"input=(@|%40)[0-9a-f]{16}"))
    expect(page.get_by_role("button", name="play", exact=True).first).to_be_visible()


@pytest.mark.parametrize(
    ("name", "said"),
    [("NotAllowedError", "The microphone was refused"), ("NotFoundError", "No microphone was found")],
)
def test_whoever_gets_no_microphone_is_told_what_else_there_is(page: Page, site: str, name: str, said: str) -> None:
    page.add_init_script(
        f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'))"
    )
    opened(page, site)
    page.get_by_role("button", name="record").click()
    expect(page.locator("form.field").get_by_role("status")).to_contain_text(said)
    expect(page.locator("form.field").get_by_role("status")).to_contain_text("end a file, or choose a sample")


def test_a_sample_and_a_link_show_their_waveform_and_can_be_played(page: Page, site: str) -> None:
    opened(page, site)
    page.get_by_role("list", name="Samples").get_by_role("button", name="a short one").click()
    expect(page.locator("form.field svg path")).to_be_visible()
    expect(page.locator("form.field").get_by_text("0.5 s", exact=True)).to_be_visible()
    page.wait_for_url(re.compile(r"input=(@|%40)"))
    page.reload()
    expect(page.locator("form.field").get_by_role("button", name="play")).to_be_visible()
    expect(page.locator("form.field").get_by_text("0.5 s", exact=True)).to_be_visible()


# Where the playhead and the audio clock are, again and again while it plays.
LISTEN = """
() => new Promise((done) => {
  const [audio, step] = [document.querySelector('audio'), document.querySelector('.transport input[type=range]')];
  const heard = [];
  const look = () => {
    const playhead = Number(step.value);
    if (!audio.paused) heard.push({ playhead, second: audio.currentTime, speed: audio.playbackRate });
    if (playhead >= 9.5) return done(heard);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
PART = 0.2  # seconds: a frame that is late, and the time that a player takes to go where it is sent


@pytest.mark.parametrize("speed", [0.5, 1])
def test_the_sound_is_heard_in_step_with_the_columns(page: Page, site: str, speed: float) -> None:
    example = opened(page, site, f"step=0&speed={speed}")
    page.get_by_role("button", name="sound off").click()
    expect(page.get_by_role("button", name="sound on")).to_be_visible()
    example.button("Play").click()
    heard = page.evaluate(LISTEN)
    assert len(heard) > 5
    assert {each["speed"] for each in heard} == {speed}
    late = sorted(abs(each["second"] - STEP * each["playhead"]) for each in heard)
    assert late[len(late) // 2] <= PART / 2
    assert late[int(0.9 * len(late))] <= PART
    example.button("Play").wait_for()
    assert page.evaluate("document.querySelector('audio').paused")


def test_whoever_steps_hears_what_the_step_reads_and_silence_is_remembered(page: Page, site: str) -> None:
    example = opened(page, site, "step=3")
    page.get_by_role("button", name="sound off").click()
    example.button("One step on").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.3")
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert 0.3 <= page.evaluate("document.querySelector('audio').currentTime") <= 0.3 + 0.4
    page.reload()
    page.get_by_role("button", name="sound on").click()
    page.reload()
    expect(page.get_by_role("button", name="sound off")).to_be_visible()
    example.button("One step on").click()
    assert page.evaluate("document.querySelector('audio').currentTime") == 0


def test_the_panel_leads_by_the_sound(page: Page, site: str) -> None:
    example = opened(page, site, "step=3&panel=sound")
    sound = page.get_by_role("slider", name="The sound")
    sound.focus()
    sound.press("ArrowRight")
    example.expect_step(4)
    expect(sound).to_have_attribute("aria-valuetext", "0.30 s to 0.40 s, step 4 of 10")


@pytest.mark.refused_requests
def test_a_file_without_sound_and_a_sound_that_is_gone_say_so(page: Page, site: str) -> None:
    example = opened(page, site, "input=@0123456789abcdef&step=1")
    expect(example.problem).to_contain_text("is kept no longer: send it again, or choose a sample")
    example.expect_length("T_x", 10)
    silent = FilePayload(name="no.wav", mimeType="audio/wav", buffer=sound_file("wav", "pcm_s16le", tone(loud=0)))
    page.locator("form.field input[type=file]").set_input_files(silent)
    expect(page.locator("form.field").get_by_role("status")).to_contain_text("I heard nothing")
