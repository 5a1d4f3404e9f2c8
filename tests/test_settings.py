import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import StartupError
from app.settings import Settings, markdown_table, read_settings

ROOT = Path(__file__).parent.parent


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNROLLED_PORT", "8103")
    monkeypatch.setenv("UNROLLED_CORS_ORIGINS", "https://a.example, https://b.example")
    settings = read_settings()
    assert settings.port == 8103
    assert settings.cors_origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("UNROLLED_PORT", "http"),
        ("UNROLLED_PORT", "70000"),
        ("UNROLLED_RATE_LIMIT", "often"),
        ("UNROLLED_LOG_LEVEL", "loud"),
        ("UNROLLED_PUBLIC_URL", "ftp://example.org"),
        ("UNROLLED_FRAME_ANCESTORS", "*; script-src *"),
    ],
)
def test_a_bad_value_is_refused_in_one_line_that_names_the_variable(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(StartupError) as refused:
        read_settings()
    assert str(refused.value).startswith(f"{variable}={value!r}: ")
    assert "\n" not in str(refused.value)


def test_the_server_leaves_with_one_line_and_no_traceback_when_a_setting_is_bad() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "app"],
        cwd=ROOT,
        env={**os.environ, "UNROLLED_PORT": "http"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("unrolled cannot start: UNROLLED_PORT='http': ")
    assert ran.stderr.count("\n") == 1


def test_an_empty_rate_limit_is_none() -> None:
    assert Settings(rate_limit="").rate_limits == []
    assert [str(limit) for limit in Settings(rate_limit="3/second;30/minute").rate_limits] == [
        "3 per 1 second",
        "30 per 1 minute",
    ]


def test_the_table_names_every_setting_with_its_meaning() -> None:
    rows = markdown_table().splitlines()[2:]
    assert len(rows) == len(Settings.model_fields)
    for row, (name, field) in zip(rows, Settings.model_fields.items(), strict=True):
        assert row.startswith(f"| `UNROLLED_{name.upper()}` |")
        assert field.description and field.description in row
