import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import type { Trace } from '../core/wire';
import { chartOf, forecastOf, meanError, unitsOf } from './forecast';

const typed = [300, 340, 280, 320];
const series: Trace = {
  ...traces.encoderDecoder,
  network: { ...traces.encoderDecoder.network, output: 'identity', n_y: 1 },
  T_x: 4,
  T_y: 2,
  x: typed.map((value) => [(value - 300) / 100, 0.5]),
  x_labels: typed.map((value) => ({ text: String(value), note: null })),
  y_hat: [[0.1], [-0.3]],
};

describe('a forecast', () => {
  test('outputs are shown in the units of what was typed', () => {
    const forecast = forecastOf(series);
    expect(forecast?.past).toEqual(typed);
    expect(forecast?.future.map(Math.round)).toEqual([310, 270]);
  });

  test('where labels are no numbers, or others than were read, the numbers of the network stand', () => {
    const words = { ...series, x_labels: series.x_labels.map(() => ({ text: 'Monday', note: null })) };
    expect(forecastOf(words)?.future).toEqual([0.1, -0.3]);
    expect(unitsOf([0, 1, 2], [5, 1, 9])).toBeNull();
    expect(unitsOf([1, 1], [5, 5])).toBeNull();
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
