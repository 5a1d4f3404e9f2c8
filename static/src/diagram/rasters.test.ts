import { describe, expect, test } from 'vitest';
import { delaysOf, sizeOf, stepsOfFilm } from './rasters';

describe('a film', () => {
  test.each([1, 9, 40, 80, 81, 400])('of %d steps shows the first, the last and no more than it may', (steps) => {
    const shown = stepsOfFilm(steps, 80);
    expect([shown[0], shown.at(-1)]).toEqual([0, steps]);
    expect(shown.length).toBe(Math.min(steps + 1, 80));
    expect(new Set(shown).size).toBe(shown.length);
    expect([...shown].sort((a, b) => a - b)).toEqual(shown);
  });
  test.each([2, 10, 80])('of %d frames can be followed and ends', (frames) => {
    const delays = delaysOf(frames);
    expect(delays).toHaveLength(frames);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(100);
    expect(delays.reduce((a, b) => a + b)).toBeLessThan(30_000);
    expect(delays.at(-1)).toBe(2500);
  });
});

test('a picture is as large as asked for, unless browsers could not draw it', () => {
  expect(sizeOf(800, 300, 2, 8192)).toEqual({ width: 1600, height: 600 });
  expect(sizeOf(9000, 300, 2, 8192)).toEqual({ width: 8192, height: 273 });
  expect(sizeOf(0.2, 0.2, 1, 100)).toEqual({ width: 1, height: 1 });
});
