import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import type { Trace } from '../core/wire';
import { chartOf, forecastOf, meanError } from './forecast';

const typed = [300, 340, 280, 320];
const series: Trace = {
  ...traces.encoderDecoder,
  network: { ...traces.encoderDecoder.network, output: 'identity', n_y: 1 },
  T_x: 4,
  T_y: 2,
  x: typed.map((value) => [(value - 300) / 100, 0.5]),
  x_labels: typed.map((value) => ({ text: String(value), note: null })),
  y_hat: [[310], [270]],
};

describe('a forecast', () => {
  test('past and future are in the units of what was typed', () => {
    expect(forecastOf(series)).toEqual({ past: typed, future: [310, 270] });
  });

  test('inputs that are no numbers have no place on the axis', () => {
    expect(forecastOf({ ...series, x_labels: series.x_labels.map(() => ({ text: 'Monday', note: null })) })).toBeNull();
  });

  test('networks that write words forecast nothing', () => {
    expect([forecastOf(traces.encoderDecoder), forecastOf(traces.manyToOne)]).toEqual([null, null]);
  });

  test('the future begins where the past ends, on one axis', () => {
    const chart = chartOf({ past: typed, future: [310, 270] }, [305], 600, 100);
    expect([chart.x(0), chart.x(5)]).toEqual([50, 550]);
    expect(chart.future.split('L')[0]).toBe(`M${chart.x(3)},${Math.round(chart.y(320) * 10) / 10}`);
    expect(chart.truth.split('L')).toHaveLength(2);
    expect(chartOf({ past: typed, future: [310] }, [], 600, 100).truth).toBe('');
  });

  test('the error is measured on what is known', () => {
    expect(meanError([310, 270, 250], [300, 290])).toBe(15);
    expect(meanError([310], [])).toBeNull();
  });
});
