"""The page that makes figures draws while one chooses, and its address restores it."""

import re

import pytest
from playwright.sync_api import Page, expect


def test_a_figure_is_drawn_while_one_chooses_and_its_address_restores_it(page: Page) -> None:
    page.goto("/figure")
    picture = page.locator(".canvas img")
    page.get_by_role("combobox", name="topology").select_option("encoder_decoder")
    page.get_by_role("checkbox", name="attention").check()
    page.get_by_role("textbox", name="words read").fill("guten Tag")
    expect(page).to_have_url(re.compile(r"/figure\?kind=encoder_decoder&attention=1&x_words=guten\+Tag$"))
    expect(picture).to_have_attribute("src", "/figure.svg?kind=encoder_decoder&attention=1&x_words=guten+Tag")
    expect(page.get_by_role("link", name="PDF")).to_have_attribute("href", re.compile("x_words=guten"))
    page.reload()
    expect(page.get_by_role("textbox", name="words read")).to_have_value("guten Tag")
    assert picture.evaluate("(image) => image.complete && image.naturalWidth > 100")


@pytest.mark.refused_requests
def test_what_cannot_be_drawn_is_said_and_the_last_figure_stays(page: Page) -> None:
    page.goto("/figure?kind=one_to_many")
    page.get_by_role("checkbox", name="bidirectional").check()
    expect(page.get_by_role("alert")).to_contain_text("one_to_many cannot be bidirectional")
    expect(page.locator(".canvas img")).to_have_attribute("src", "/figure.svg?kind=one_to_many")
    page.get_by_role("checkbox", name="bidirectional").uncheck()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_lengths_are_forgotten_with_the_kind_that_had_them(page: Page) -> None:
    page.goto("/figure?kind=encoder_decoder&T_x=2&T_y=6")
    page.get_by_role("combobox", name="topology").select_option("many_to_one")
    expect(page).to_have_url(re.compile(r"/figure\?kind=many_to_one$"))
    expect(page.get_by_role("alert")).to_be_hidden()
