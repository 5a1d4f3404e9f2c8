"""What the README says is true: its tables, its Python and its curl."""

import json
import re

import pytest

from models.listing import example_folders, load_example
from tests.tiny_gallery import client_of
from tools.readme import README, blocks, printed_by


def test_readme_lists_the_settings_that_the_service_reads() -> None:
    shown = blocks(README.read_text(encoding="utf-8"))["app.settings"]
    assert "UNROLLED_PORT" in shown
    assert shown == printed_by("app.settings"), "run make readme"


def test_readme_shows_the_figures_of_todays_cards() -> None:
    shown = blocks(README.read_text(encoding="utf-8"))["tools.gallery_table"]
    rows = [row for row in shown.splitlines() if any(f"(models/{folder.name}/" in row for folder in example_folders())]
    assert rows
    assert set(rows) <= set(printed_by("tools.gallery_table").splitlines()), "run make readme"


def test_readme_records_an_lstm_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, str(README), "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1].startswith("distance from nn.LSTM: ")
    assert float(printed[-1].split()[-1]) < 1e-6
    assert all(gate in printed[0] for gate in ("'i': (50, 1, 16)", "'f'", "'g'", "'o'", "'c'", "'h'"))


async def test_readme_calls_the_api_as_it_says() -> None:
    text = README.read_text(encoding="utf-8").replace("\\\n", "")
    ((path, body),) = re.findall(r"curl http://127\.0\.0\.1:8000(\S+) .*-d '(.*)'", text)
    sentiment = next(folder for folder in example_folders() if folder.name in path)
    async with client_of({sentiment.name: load_example(sentiment)}) as client:
        answer = await client.post(path, json=json.loads(body))
    assert answer.status_code == 200
    assert answer.json()["T_x"] == len(re.findall(r"\w+|\.", json.loads(body)["input"]))
