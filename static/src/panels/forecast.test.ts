import { describe, expect, test } from 'vitest';
import { labelled, traces } from '../fixtures';
import { chartOf } from './chart';
import { forecastOf, meanError } from './forecast';

const typed = [300, 340, 280, 320];
const series = traces.encoderDecoderNumbers;
const known = { past: typed, future: [310, 270], truth: [] };

describe('a forecast', () => {
  test('past and future are in the units of what was typed', () => {
    const { past, future, truth } = forecastOf(series)!;
    expect(past).toEqual(series.x_labels.map(({ text }) => Number(text)));
    expect(future).toEqual(series.outputs.map(({ value }) => value));
    expect(truth).toEqual(series.truth);
    expect(future).not.toEqual(series.y_hat!.flat());
  });

  test('inputs that are no numbers have no place on the axis', () => {
    expect(forecastOf({ ...series, x_labels: series.x_labels.map(() => labelled('Monday')) })).toBeNull();
  });

  test('networks that write words forecast nothing', () => {
    expect([forecastOf(traces.encoderDecoder), forecastOf(traces.manyToOne)]).toEqual([null, null]);
  });

  test('the future begins where the past ends, on one axis', () => {
    const chart = chartOf({ ...known, truth: [305] }, 600, 100);
    expect([chart.x(0), chart.x(5)]).toEqual([50, 550]);
    expect(chart.future.split('L')[0]).toBe(`M${chart.x(3)},${Math.round(chart.y(320) * 10) / 10}`);
    expect(chart.truth.split('L')).toHaveLength(2);
    expect(chartOf(known, 600, 100).truth).toBe('');
  });

  test('the error is measured on what is known', () => {
    expect(meanError({ future: [310, 270, 250], truth: [300, 290] })).toBe(15);
    expect(meanError({ future: [310], truth: [] })).toBeNull();
  });
});
