"""The forecasting example: the series, its scaling, and forecasts in the visitor's own unit."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from models.forecast.example import EXAMPLE, Forecast
from models.forecast.hours import (
    DAY,
    WEEK,
    changes,
    daily_cycle,
    features,
    fill_gaps,
    from_changes,
    parse,
    scale,
    weeks_and_days,
)
from models.forecast.synthetic import daylight, draw, habits, without_days
from tests.helpers import measured_on
from unrolled import InvalidInput, Trace

FOLDER = Path(__file__).parent.parent / "models" / "forecast"
HOURS = np.arange(WEEK)
WAVE = 30 + 10 * np.sin(2 * np.pi * HOURS / DAY) + 3 * (HOURS // DAY == 5)


@pytest.fixture(scope="module")
def example() -> Forecast:
    return EXAMPLE(FOLDER)


def written(values: np.ndarray) -> str:
    return ", ".join(f"{value:.6f}" for value in values)


def day_of(trace: Trace) -> np.ndarray:
    return np.array([output.value for output in trace.outputs])


def test_hours_that_do_not_exist_are_interpolated() -> None:
    assert fill_gaps(np.array([10.0, 12.0, 0.1, 16.0, 18.0])).tolist() == [10, 12, 14, 16, 18]


def test_weeks_and_the_days_after_them_meet() -> None:
    weeks, days = weeks_and_days(np.arange(200.0))
    assert (weeks.shape, days.shape) == ((9, WEEK), (9, DAY))
    assert (days[:, 0] - weeks[:, -1] == 1).all()
    with pytest.raises(InvalidInput, match="192 make one week"):
        weeks_and_days(np.arange(100.0))


def test_what_is_read_does_not_depend_on_the_unit() -> None:
    assert np.allclose(features(WAVE[None]), features(1000 * WAVE[None] + 5), atol=1e-5)
    assert np.isfinite(features(np.full((1, WEEK), 7.0))).all()


def test_the_first_day_is_compared_with_the_last_as_if_the_week_went_round() -> None:
    level, change = features(WAVE[None])[0].T
    assert np.allclose(change[DAY:], level[DAY:] - level[:-DAY], atol=1e-5)
    assert np.allclose(change[:DAY], level[:DAY] - level[-DAY:], atol=1e-5)


def test_made_up_weeks_are_whole_and_daylight_has_nights_and_noise_no_days() -> None:
    weeks, days = draw(300, np.random.default_rng(1))
    assert weeks.shape == (300, WEEK) and days.shape == (300, DAY)
    assert np.isfinite(weeks).all() and np.isfinite(days).all()
    light = daylight(50, np.random.default_rng(2))
    assert (light.min(1) == 0).all() and (light.max(1) > 0).all()
    aimless = without_days(400, np.random.default_rng(3))
    again = [np.corrcoef(series[:-DAY], series[DAY:])[0, 1] for series in aimless]
    assert abs(float(np.median(again))) < 0.3


def test_made_up_weeks_repeat_but_for_their_noise() -> None:
    series = habits(400, np.random.default_rng(0))
    weeks, days = series[:, :WEEK], series[:, WEEK:]
    assert weeks.shape == (400, WEEK) and days.shape == (400, DAY)
    assert np.isfinite(weeks).all()
    last_week, yesterday = (np.abs(days - weeks[:, part]).mean() for part in (slice(0, DAY), slice(-DAY, None)))
    assert last_week < yesterday  # what a week tells about the next day is its days off
    assert not np.allclose(weeks[0], weeks[1])


def test_what_is_written_of_a_day_leads_back_to_it() -> None:
    weeks, days = draw(5, np.random.default_rng(1))
    assert np.allclose(from_changes(weeks, changes(weeks, days)), days, atol=1e-4)


def test_a_flat_week_gives_a_flat_day(example: Forecast) -> None:
    assert np.allclose(day_of(example.trace(written(np.full(WEEK, 0.1)))), 0.1, atol=1e-7)


def test_changes_become_the_visitors_numbers_again() -> None:
    day = WAVE[:DAY] + 2
    scaled = (day - WAVE[-DAY:]) / scale(WAVE[None])[1]
    assert np.allclose(from_changes(WAVE[None], scaled), day)
    assert np.allclose(from_changes(WAVE[None], np.zeros((1, DAY))), WAVE[-DAY:])


def test_forecast_is_in_the_visitors_unit_and_scales_with_it(example: Forecast) -> None:
    small, large = example.trace(written(WAVE)), example.trace(written(1000 * WAVE))
    assert (small.T_x, small.T_y) == (WEEK, DAY)
    assert np.allclose(1000 * day_of(small), day_of(large), rtol=1e-3)
    assert 15 < day_of(small).min() < 27 < 33 < day_of(small).max() < 45
    assert small.unit == "the unit of the week" and f"highest {day_of(small).max():.4g}" in small.answer


def test_what_the_network_wrote_stays_as_it_wrote_it(example: Forecast) -> None:
    small, large = example.trace(written(WAVE)), example.trace(written(1000 * WAVE))
    assert small.y_hat is not None and large.y_hat is not None
    assert np.allclose(small.y_hat, large.y_hat, atol=1e-3)
    assert np.allclose(from_changes(WAVE[None], small.y_hat.T)[0], day_of(small), atol=1e-4)
    assert [output.p for output in small.outputs] == small.y_hat[:, 0].tolist()


def test_a_day_that_came_is_compared_and_not_read(example: Forecast) -> None:
    alone, known = example.trace(written(WAVE)), example.trace(written(np.concatenate((WAVE, WAVE[-DAY:] + 4))))
    assert known.T_x == WEEK and np.array_equal(day_of(known), day_of(alone))
    assert alone.truth is None and known.truth is not None and np.allclose(known.truth, WAVE[-DAY:] + 4)
    assert known.answer.startswith(alone.answer + "; off by ") and known.answer.endswith("are off by 4")


def test_an_empty_cell_is_marked_and_what_was_read_is_said(example: Forecast) -> None:
    rows = [f"2014-01-{1 + t // 24:02} {t % 24:02}:00;{'' if t == 50 else value}" for t, value in enumerate(WAVE)]
    trace = example.trace("\n".join(["time;load", *rows]))
    assert [t for t, label in enumerate(trace.x_labels) if label.note == "interpolated"] == [50]
    assert trace.x_labels[50].value == pytest.approx((WAVE[49] + WAVE[51]) / 2)
    assert trace.remarks == ("column 2 of 2 was read, 'load'", "1 empty cell was interpolated")


def test_a_week_without_a_daily_cycle_is_said_to_be_one(example: Forecast) -> None:
    rng = np.random.default_rng(2)
    noise, seven = rng.normal(0, 1, WEEK), np.sin(2 * np.pi * HOURS / 17)
    for week in (noise, seven, np.where(HOURS % 50 == 3, 9.0, 0.0)):
        assert "a guess: this week hardly repeats from day to day" in example.trace(written(week)).answer
    for week in (WAVE, WAVE + noise, np.full(WEEK, 5.0), np.maximum(WAVE - 30, 0)):
        assert "a guess" not in example.trace(written(week)).answer


def test_the_daily_cycle_is_the_correlation_with_a_day_before() -> None:
    rng = np.random.default_rng(3)
    weeks = rng.normal(0, 1, (4, WEEK)) + np.array([[0], [1], [2], [9]]) * np.sin(2 * np.pi * HOURS / DAY)
    pairs = [np.corrcoef(week[:-DAY], week[DAY:])[0, 1] for week in weeks]
    assert np.allclose(daily_cycle(weeks), pairs)
    assert daily_cycle(np.full((1, WEEK), 0.1))[0] == 1


def test_evaluation_takes_the_hours_as_they_are(example: Forecast) -> None:
    night = np.maximum(WAVE - 30, 0)  # half of the hours are nothing, as of the sun
    values = np.concatenate((night, night[-DAY:] + (night[-DAY:] > 0)))
    rows = [f"2014-01-{1 + t // 24:02} {t % 24:02}:00:00,{float(y)!r}" for t, y in enumerate(values)]
    measured = example.evaluate("\n".join(["ts,y", *rows]), example.variants["gru"])
    assert measured["mae_same_hour_yesterday"] == round(float((night[-DAY:] > 0).mean()), 2)


def test_batches_forecast_what_single_weeks_do(example: Forecast) -> None:
    weeks = np.stack((WAVE, np.roll(WAVE, 5)))
    alone = day_of(example.trace(written(weeks[1])))
    assert np.allclose(example.days_after(weeks, example.variants["gru"])[1], alone, atol=1e-3)


def test_evaluation_compares_with_yesterday(example: Forecast, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv.gz"
    values = np.concatenate((WAVE, WAVE[-DAY:] + 3))
    rows = [f"2014-01-{1 + t // 24:02} {t % 24:02}:00:00,{y}" for t, y in enumerate(values)]
    file.write_bytes(gzip.compress("\n".join(["ts,y", *rows]).encode()))
    measured = measured_on(example, file, "gru")
    assert measured["mae_same_hour_yesterday"] == 3
    assert measured["ratio_to_yesterday"] == pytest.approx(measured["mae"] / 3, abs=0.01)


def test_a_file_of_another_form_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no columns 'ts', 'y'"):
        parse("hour,value\n1,2\n")
    with pytest.raises(InvalidInput, match="line 3"):
        parse("ts,y\n2012-01-01 00:00:00,1\n2012-01-01 01:00:00,\n")
