"""A photo comes from a file, the camera or a drop, is described, and its places light up; what goes wrong is said."""

import base64
import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserType, Locator, Page, ViewportSize, expect

from models.listing import GALLERY
from tests.browser.example_page import ExamplePage
from tests.some_inputs import picture_file
from tools import chromium

PHOTO = GALLERY / "captions" / "mountains.jpg"
PHONE: ViewportSize = {"width": 390, "height": 844}
KEPT = re.compile(r"input=(@|%40)[0-9a-f]{16}")


@pytest.fixture
def example(page: Page) -> ExamplePage:
    return ExamplePage(page, "captions").open(step=1)


@pytest.fixture(scope="module")
def seeing(browser_type: BrowserType) -> Iterator[Browser]:
    """Start a browser whose camera sees something."""
    options = chromium.launch_options()
    seen = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = browser_type.launch(**{**options, "args": [*options.get("args", ()), *seen]})
    yield browser
    browser.close()


def send(page: Page, name: str, data: bytes, media_type: str) -> None:
    file = page.locator("form.field input[type=file]:not([capture])")
    file.set_input_files({"name": name, "mimeType": media_type, "buffer": data})


def status(page: Page) -> Locator:
    return page.locator("form.field").get_by_role("status")


def test_a_photo_of_forty_megapixels_is_made_small_sent_and_described(page: Page, example: ExamplePage) -> None:
    file = io.BytesIO()
    Image.open(PHOTO).resize((7700, 5200)).save(file, "JPEG", quality=60)
    with page.expect_request(re.compile("/api/v1/media")) as sent:
        send(page, "IMG_0001.JPG", file.getvalue(), "image/jpeg")
    assert len(sent.value.post_data_buffer or b"") < 100_000
    page.wait_for_url(KEPT)
    expect(page.get_by_role("img", name="What you sent")).to_be_visible()
    page.reload()
    expect(example.picture.locator(".chip.x image")).to_have_attribute("href", re.compile("^data:image/jpeg"))


def test_the_page_says_that_a_photo_is_not_kept(page: Page, example: ExamplePage) -> None:
    expect(page.locator("form.field")).to_contain_text(
        "stays in the server’s memory while it is looked at, and is not kept"
    )


@pytest.mark.refused_requests
@pytest.mark.parametrize(
    ("name", "media_type", "data", "said"),
    [
        ("moving.gif", "image/gif", picture_file("GIF", more=2), "cannot be read as a photo; send a file that ends"),
        ("drawn.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as a photo"),
        ("dot.png", "image/png", picture_file("PNG", (1, 1)), "1 x 1 pixels show too little"),
        ("text.jpg", "image/jpeg", b"no photo", "not a picture that can be read as image/jpeg"),
    ],
)
def test_what_is_no_photo_is_refused_in_a_sentence(
    page: Page, example: ExamplePage, name: str, media_type: str, data: bytes, said: str
) -> None:
    send(page, name, data, media_type)
    expect(status(page)).to_contain_text(said)


@pytest.mark.refused_requests
def test_what_was_wrong_is_gone_with_the_next_input(page: Page, example: ExamplePage) -> None:
    send(page, "dot.png", picture_file("PNG", (1, 1)), "image/png")
    expect(status(page)).to_contain_text("show too little")
    page.get_by_role("list", name="Samples").get_by_role("button").nth(1).click()
    expect(status(page)).to_have_count(0)  # empty, it is not there


def test_each_word_lights_up_its_own_places_and_leads_to_its_step(page: Page, example: ExamplePage) -> None:
    example.button("To the end").click()
    panel = page.get_by_role("tabpanel")
    words = panel.get_by_role("listitem").get_by_role("button")
    expect(words.last).to_have_text("⟨end⟩")
    words.nth(2).click()
    expect(panel.locator("p.told")).to_contain_text("of its attention went to one place of 49")
    panel.get_by_role("button", name="what it used").click()
    expect(panel.locator("p.told")).to_contain_text("What speaks most for")
    expect(panel.locator("canvas").first).to_be_visible()


def test_a_network_that_looks_once_has_only_its_gradient_to_show(page: Page) -> None:
    ExamplePage(page, "captions").open(variant="pooled", step=3)
    panel = page.get_by_role("tabpanel")
    expect(panel.locator("p.told")).to_contain_text("What speaks most for")
    expect(panel.get_by_role("button", name="where it looked")).to_have_count(0)


def test_the_camera_is_shown_takes_a_photo_and_is_closed(seeing: Browser, base_url: str) -> None:
    page = seeing.new_page(base_url=base_url)
    ExamplePage(page, "captions").open(step=1)
    page.get_by_role("button", name="camera").click()
    expect(page.get_by_label("what the camera sees")).to_be_visible()
    page.wait_for_function("() => document.querySelector('video').videoWidth > 0")
    page.get_by_role("button", name="take it").click()
    page.wait_for_url(KEPT)
    expect(page.locator("video")).to_have_count(0)
    page.close()


@pytest.mark.parametrize(
    ("name", "said"), [("NotAllowedError", "The camera was refused"), ("NotFoundError", "No camera was found")]
)
def test_whoever_gets_no_camera_is_told_what_else_there_is(page: Page, name: str, said: str) -> None:
    page.add_init_script(
        f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'))"
    )
    ExamplePage(page, "captions").open(step=1)
    page.get_by_role("button", name="camera").click()
    expect(status(page)).to_contain_text(said)
    expect(status(page)).to_contain_text("end a file, or choose a sample")


def test_a_photo_that_is_dropped_is_described(page: Page, example: ExamplePage) -> None:
    expect(page.get_by_role("button", name="camera").first).to_be_visible()
    page.evaluate(
        """(letters) => {
          const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], 'a.jpg', { type: 'image/jpeg' }));
          const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true });
          document.querySelector('form.photo .tools').dispatchEvent(drop);
        }""",
        base64.b64encode(PHOTO.read_bytes()).decode(),
    )
    page.wait_for_url(KEPT)


def test_a_phone_has_its_own_camera_and_large_targets(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    ExamplePage(page, "captions").open(step=1)
    expect(page.locator("form.field input[capture]")).to_have_attribute("capture", "environment")
    expect(page.locator("form.field .phone")).to_be_visible()
    expect(page.locator("form.field button.desk")).to_be_hidden()
    context.close()
