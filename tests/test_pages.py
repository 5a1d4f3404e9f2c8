import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from app import pages
from app.assets import FrontEnd
from app.figures import figure_of
from app.lessons import LESSONS
from app.rendering import markdown, metric
from app.settings import Settings
from models.example import Example
from models.variants import Variant
from tests.tiny_gallery import VERDICT, Verdict, client_of, trace_route, write_example
from unrolled import Embed, NetworkConfig

PAGES_TO_READ = [
    "/",
    "/examples/verdict",
    "/examples/writer",
    "/topologies",
    "/figure",
    "/view",
    "/problems",
    "/docs",
] + [f"/topologies/{slug}" for slug in LESSONS]


class Outline(HTMLParser):
    """Collect what a page links to, its ids, its headings, and its embedded JSON."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.inline_scripts: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := found.get(name))]
        self.ids += [found["id"] or ""] if "id" in found else []
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        if tag == "script" and "src" not in found:
            self.inline_scripts.append(found)


def embedded(html: str, name: str) -> Any:
    """Read one of a page's JSON documents."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert found, f"no {name}"
    return json.loads(found[1])


@pytest.mark.parametrize("path", PAGES_TO_READ)
async def test_a_page_is_whole(path: str, client: AsyncClient) -> None:
    answer = await client.get(path)
    outline = Outline(answer.text)
    assert answer.status_code == 200
    assert outline.headings.count("h1") == 1
    assert len(outline.ids) == len(set(outline.ids))
    assert "main" in outline.ids and "#main" in outline.links
    assert re.search(r'<meta name="description" content="[^"]{20,}">', answer.text)
    assert re.search(r'<meta property="og:title" content="[^"]+">', answer.text)


@pytest.mark.parametrize("path", PAGES_TO_READ)
async def test_every_link_of_a_page_leads_somewhere(path: str, client: AsyncClient) -> None:
    for link in dict.fromkeys(Outline((await client.get(path)).text).links):
        if link.startswith("/"):
            assert (await client.get(unescape(link))).status_code == 200, link
        else:
            assert link.startswith(("#", "http://unrolled.test/"))


@pytest.mark.parametrize("path", PAGES_TO_READ)
async def test_a_page_runs_no_inline_script_and_says_so(path: str, client: AsyncClient) -> None:
    answer = await client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy and "default-src 'none'" in policy
    assert {script.get("type") for script in Outline(answer.text).inline_scripts} <= {"application/json"}
    assert not re.search(r"\son\w+=", answer.text)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/api/v1/examples", "/static/favicon.svg", "/nowhere", "/figure.svg?layers=99"])
async def test_every_answer_names_who_may_use_what(path: str, client: AsyncClient) -> None:
    headers = (await client.get(path)).headers
    assert "camera=(self), microphone=(self)" in headers["permissions-policy"]
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert "strict-transport-security" not in headers  # nobody may be kept from a site that has no HTTPS
    safe = (await client.get(f"https://unrolled.test{path}")).headers
    assert safe["strict-transport-security"] == "max-age=31536000"


async def test_pages_answer_to_head(client: AsyncClient) -> None:
    answer = await client.head("/examples/verdict")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_the_gallery_lists_each_example_under_its_topology(client: AsyncClient) -> None:
    sections = (await client.get("/")).text.split('<section class="topology"')[1:]
    assert len(sections) == 7
    listed = {
        re.findall(r'href="/topologies/([\w-]+)"', s)[0]: re.findall(r'href="/examples/(\w+)"', s) for s in sections
    }
    assert listed["many-to-one"] == ["verdict"]
    assert listed["one-to-many"] == ["writer"]
    assert listed["bidirectional"] == []


async def test_an_example_leads_to_the_others_of_its_topology(tiny_examples: dict[str, Example]) -> None:
    twin = type(tiny_examples["verdict"])(tiny_examples["verdict"].folder)
    twin.slug = "twin"
    async with client_of({**tiny_examples, "twin": twin}) as client:
        page = (await client.get("/examples/verdict")).text
        alone = (await client.get("/examples/writer")).text
    assert 'Also: <a href="/examples/twin">' in page
    assert "Also: " not in alone


async def test_the_topology_of_an_example_leads_to_its_page_the_others_to_examples(client: AsyncClient) -> None:
    page = (await client.get("/examples/verdict")).text
    strip = page[page.index('<nav class="strip"') : page.index('<div class="lead"')]
    assert re.findall(r'<a href="([^"]+)" aria-current', strip) == ["/topologies/many-to-one"]
    assert 'href="/examples/writer"' in strip and 'href="/examples/verdict"' not in strip


async def test_an_empty_gallery_says_so() -> None:
    async with client_of({}) as client:
        assert "The gallery is empty" in (await client.get("/")).text
        assert (await client.get("/openapi.json")).status_code == 200


async def test_an_example_comes_with_its_description_and_its_first_picture(client: AsyncClient) -> None:
    page = (await client.get("/examples/verdict")).text
    sample = {"input": "not bad", "variant": "lstm"}
    assert embedded(page, "trace") == (await client.post(trace_route(), json=sample)).json()
    assert embedded(page, "description") == (await client.get("/api/v1/examples/verdict")).json()
    assert embedded(page, "problem") is None


async def test_a_long_trace_is_left_out_for_the_script_to_fetch(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LONG_TRACE", 100)
    answer = await client.get("/examples/verdict?input=abc&step=2", headers={"Sec-Fetch-Dest": "document"})
    place = re.search(r'<link rel="preload" id="trace" href="([^"]*)" as="fetch" crossorigin>', answer.text)
    assert place and 'type="application/json" id="trace"' not in answer.text
    assert unescape(place[1]) == "/examples/verdict/trace.json?input=abc&step=2"
    fetched = await client.get(unescape(place[1]))
    assert fetched.json() == (await client.post(trace_route(), json={"input": "abc", "variant": "lstm"})).json()
    assert "Sec-Fetch-Dest" in answer.headers["vary"] and 'aria-label="Steps"' in answer.text


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Dest": "iframe"}])
async def test_a_frame_that_may_be_sandboxed_gets_the_longest_trace_in_the_page(
    headers: dict[str, str], client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LONG_TRACE", 100)
    page = (await client.get("/examples/verdict?input=abc", headers=headers)).text
    assert embedded(page, "trace")["T_x"] == 3 and 'rel="preload"' not in page


async def test_beside_a_problem_the_first_trace_is_fetched(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LONG_TRACE", 100)
    page = await client.get("/examples/verdict?input=%C3%9F", headers={"Sec-Fetch-Dest": "document"})
    assert page.status_code == 422 and 'href="/examples/verdict/trace.json"' in page.text
    refused = await client.get("/examples/verdict/trace.json?input=%C3%9F")
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert (await client.get("/examples/nobody/trace.json")).status_code == 404


async def test_the_address_says_what_runs(client: AsyncClient) -> None:
    page = (await client.get("/examples/writer?seed=4&temperature=2&variant=gru&step=2&notation=keras")).text
    body = {"variant": "gru", "decoding": {"method": "sample", "temperature": 2.0, "seed": 4}}
    assert embedded(page, "trace") == (await client.post(trace_route("writer"), json=body)).json()
    assert 'name="seed" type="number" min="0" max="2147483647" value="4"' in page
    assert "how sure, before temperature" in page


async def test_an_address_leaves_out_what_is_as_in_the_first_sample(client: AsyncClient) -> None:
    page = (await client.get("/examples/verdict?input=abc")).text
    body = {"input": "abc", "variant": "lstm"}
    assert embedded(page, "trace") == (await client.post(trace_route(), json=body)).json()


async def test_an_address_may_name_a_sample(client: AsyncClient) -> None:
    named = (await client.get("/examples/verdict?sample=1")).text
    assert embedded(named, "trace") == embedded((await client.get("/examples/verdict")).text, "trace")
    gone = await client.get("/examples/verdict?sample=9")
    assert (gone.status_code, embedded(gone.text, "problem")["errors"][0]["field"]) == (422, "sample")


async def test_a_page_tells_the_run_without_javascript(client: AsyncClient) -> None:
    page = (await client.get("/examples/verdict?input=ab&variant=gru")).text
    fallback = page[page.index('<div id="example"') : page.index('id="card"')]
    rows = re.findall(r"<tr><td>(\d+)</td><td class=\"x\">(\w)</td>", fallback)
    assert rows == [("1", "a"), ("2", "b")]
    assert embedded(page, "trace")["answer"] in fallback
    assert "<option selected>gru</option>" in fallback and 'value="ab"' in fallback


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("input=", "input"),
        ("input=%C3%9F", "input"),
        ("input=" + "a" * 41, "input"),
        ("variant=transformer", "variant"),
    ],
)
async def test_a_bad_address_shows_the_first_sample_and_what_was_wrong(
    query: str, field: str, client: AsyncClient
) -> None:
    answer = await client.get(f"/examples/verdict?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 422
    problem = embedded(answer.text, "problem")
    assert [error["field"] for error in problem["errors"]] == [field]
    assert "".join(label["text"] for label in embedded(answer.text, "trace")["x_labels"]) == "not bad"
    assert 'role="alert"' in answer.text and "aria-invalid" in answer.text


@pytest.mark.parametrize("query", ["seed=x", "seed=-1", "temperature=0", "temperature=nan", "method=guess"])
async def test_a_bad_number_in_the_address_is_named(query: str, client: AsyncClient) -> None:
    answer = await client.get(f"/examples/writer?{query}")
    assert answer.status_code == 422
    field = query.partition("=")[0]
    assert embedded(answer.text, "problem")["errors"][0]["field"] == field
    told = re.findall(r'<p id="ask-problem"[^>]*>(.*?)</p>', answer.text)[0]
    assert told.startswith(f"{field} should be ")
    assert "pars" not in told and "valid" not in told


async def test_a_visitors_text_cannot_leave_its_place(client: AsyncClient) -> None:
    attack = '</script><script src="/x">"><img src=x onerror=alert(1)>'
    page = (await client.get("/examples/verdict", params={"input": attack})).text
    assert attack not in page and "<img" not in page
    assert '<script src="/x">' not in page
    assert embedded(page, "problem")["errors"][0]["field"] == "input"


async def test_an_embedded_page_is_the_example_alone(client: AsyncClient) -> None:
    page = (await client.get("/examples/verdict?embed=1")).text
    assert "<header" not in page and "<footer" not in page
    assert '<div id="example"' in page and embedded(page, "trace")["T_x"] == 7


async def test_link_previews_carry_the_public_address(tiny_examples: dict[str, Example]) -> None:
    async with client_of(tiny_examples, Settings(public_url="https://rnn.example/")) as client:
        page = (await client.get("/examples/verdict?input=abc")).text
    assert '<link rel="canonical" href="https://rnn.example/examples/verdict">' in page
    picture = re.search(r'<meta property="og:image" content="https://rnn\.example(/static/preview\.png[^"]*)">', page)
    assert picture is not None
    async with client_of(tiny_examples, Settings()) as client:
        answer = await client.get(picture[1])
    assert answer.headers["content-type"] == "image/png" and len(answer.content) < 300_000


@pytest.mark.parametrize("slug", LESSONS)
def test_a_topology_is_drawn_from_its_columns(slug: str) -> None:
    diagram = LESSONS[slug].diagram
    figure = figure_of(diagram)
    roles = [box.role for box in figure.boxes]
    assert (roles.count("x"), roles.count("y")) == (diagram.T_x, diagram.T_y)
    assert roles.count("a") == diagram.directions * len(diagram.columns)
    assert len({(box.x, box.y) for box in figure.boxes}) == len(figure.boxes)
    back = [edge for edge in figure.edges if edge.role == "back"]
    assert len(back) == sum(column.reads == "y_hat" for column in diagram.columns)
    assert [bracket.length for bracket in figure.brackets] == [diagram.T_x, diagram.T_y]


def test_the_figure_of_a_collapse_brackets_its_labels_over_their_frames() -> None:
    section = LESSONS["many-to-many"].section
    assert section is not None
    figure = figure_of(section.diagram)
    frames = [box for box in figure.boxes if box.role == "y" and box.y > figure.boxes[-1].y]
    labels = [box for box in figure.boxes if box.role == "y" and box not in frames]
    assert "".join(box.symbol for box in frames) == section.diagram.path.replace("_", "·")
    assert "".join(box.symbol for box in labels) == "hello"
    assert len(labels) == section.diagram.T_y == figure.brackets[1].length
    for box in labels:
        covered = [f.symbol for f in frames if box.x <= f.x and f.x + f.width <= box.x + box.width]
        assert set(covered) == {box.symbol}
    assert "read hello without repeats and blanks" in figure.sentence


async def test_a_lesson_goes_on_about_a_collapse(client: AsyncClient) -> None:
    page = (await client.get("/topologies/many-to-many")).text
    assert "connectionist temporal classification" in page
    assert page.count('<svg class="figure labelled"') == 2
    assert 'id="also"' not in (await client.get("/topologies/many-to-one")).text


def test_only_bidirectional_figures_have_a_chain_backwards() -> None:
    reverse = {slug: sum(e.role == "reverse" for e in figure_of(page.diagram).edges) for slug, page in LESSONS.items()}
    assert {slug for slug, count in reverse.items() if count} == {"bidirectional"}
    symbols = [box.symbol for box in figure_of(LESSONS["bidirectional"].diagram).boxes if box.role == "a"]
    assert symbols[:2] == ["a←⟨1⟩", "a→⟨1⟩"] and symbols[-1] == "a→⟨4⟩"
    arcs = {slug: sum(e.role == "att" for e in figure_of(page.diagram).edges) for slug, page in LESSONS.items()}
    assert arcs["attention"] == LESSONS["attention"].diagram.T_x == sum(arcs.values())


def test_every_class_of_tasks_of_the_lecture_is_named_under_its_topology() -> None:
    named = {slug: " ".join(task.name.lower() for task in page.tasks) for slug, page in LESSONS.items()}
    lecture = {
        "one-to-one": ["image classification"],
        "one-to-many": ["music generation", "image captioning", "language generation"],
        "many-to-one": ["sentiment", "video activity", "time series"],
        "many-to-many": ["named entities", "dna", "video frame labels"],
        "encoder-decoder": ["translation", "speech recognition"],
    }
    assert [(slug, task) for slug, tasks in lecture.items() for task in tasks if task not in named[slug]] == []


async def test_equations_are_typeset_by_the_server(client: AsyncClient) -> None:
    page, lesson = (await client.get("/topologies/bidirectional")).text, LESSONS["bidirectional"]
    assert page.count("<math") == len(lesson.reads) + len(lesson.emits) == 3
    assert "\\langle" not in page


async def test_page_files_are_kept_for_ever_under_their_hash(client: AsyncClient) -> None:
    page = (await client.get("/")).text
    hashed = re.findall(r'"(/static/theme\.js\?v=\w+)"', page)[0]
    assert "immutable" in (await client.get(hashed)).headers["cache-control"]
    assert (await client.get("/static/theme.js")).headers["cache-control"] == "no-cache"


def test_an_entry_loads_its_styles_its_script_and_what_they_import() -> None:
    manifest = {
        "src/islands/example.ts": {"file": "assets/e-1.js", "css": ["assets/e-1.css"], "imports": ["_shared.js"]},
        "_shared.js": {"file": "assets/s-1.js", "css": ["assets/s-1.css"], "imports": ["src/islands/example.ts"]},
    }
    tags = FrontEnd(manifest).tags("src/islands/example.ts").splitlines()
    assert tags == [
        '<link rel="stylesheet" href="/static/dist/assets/e-1.css">',
        '<link rel="stylesheet" href="/static/dist/assets/s-1.css">',
        '<link rel="modulepreload" href="/static/dist/assets/s-1.js">',
        '<script type="module" src="/static/dist/assets/e-1.js"></script>',
    ]


def test_without_a_build_no_tag_is_written() -> None:
    assert not FrontEnd({}).built
    assert FrontEnd({}).tags("src/islands/example.ts") == ""


def test_metrics_are_named_in_words() -> None:
    assert metric("bleu_T_x_1_to_7") == "bleu T<sub>x</sub> 1 to 7"
    assert metric("nats_per_character") == "nats per character"


def test_a_guide_is_set_in_html_and_its_tags_are_shown() -> None:
    told = markdown("- **T_x** is `3`, Γ_u <script>alert(1)</script>")
    assert "<li><strong>T<sub>x</sub></strong> is <code>3</code>, Γ<sub>u</sub>" in told
    assert "<script>" not in told


async def test_without_a_script_a_page_lists_what_is_left_of_outputs_that_collapse(tmp_path: Path) -> None:
    """A tiny example whose outputs collapse, among whose classes 0 is the blank."""

    class Hearer(Verdict):
        def y_labels(self, variant: Variant) -> tuple[str, ...]:
            return ("blank", "h", "e")

    about = {**VERDICT, "title": "Tiny hearer", "topology_page": "many-to-many", "writes": "characters"}
    letters = Embed(kind="tokens", size=3, count=27)
    config = NetworkConfig(kind="many_to_many", cell="gru", hidden=4, n_y=3, read=letters, collapse="ctc", blank=0)
    write_example(tmp_path / "hearer", about, config, [{"input": "abcdef", "note": "letters"}])
    hearer = Hearer(tmp_path / "hearer")
    trace = hearer.trace("abcdef")
    async with client_of({"hearer": hearer}) as client:
        page = unescape((await client.get("/examples/hearer")).text)
    left = re.sub(r"<[^>]+>", "", page.partition('<p class="left">')[2].partition("</p>")[0])
    assert left.startswith("Left without repeats and blanks: ")
    assert re.findall(r"(\S+) \(steps? (\d+)", left) == [(s.label, str(s.first + 1)) for s in trace.reading or ()]
    assert f"= {trace.T_y}</span>" in page
