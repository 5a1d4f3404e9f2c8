import { expect, test } from 'vitest';
import { alike, colourOf, extentOf, format, percent } from './scales';

const channels = (css: string) => css.match(/\d+/g)!.map(Number) as [number, number, number];

test('below zero is blue, above is orange, and zero is neither', () => {
  const [low, middle, high] = [-1, 0, 1].map((v) => channels(colourOf(v, 'light')));
  expect(low![2]).toBeGreaterThan(low![0]);
  expect(high![0]).toBeGreaterThan(high![2]);
  expect(Math.max(...middle!) - Math.min(...middle!)).toBeLessThan(8);
});

test('the scale ends at its extent', () => {
  expect([-1, 0, 1].map((v) => channels(colourOf(v, 'light')))).toEqual([
    [43, 95, 184],
    [247, 246, 243],
    [217, 98, 43],
  ]);
  expect(colourOf(7, 'dark', 2)).toBe(colourOf(2, 'dark', 2));
  expect(colourOf(1, 'dark', 2)).not.toBe(colourOf(2, 'dark', 2));
  expect(colourOf(NaN, 'light')).toBe(colourOf(0, 'light'));
});

test('values within one are coloured on one scale, larger ones on their own', () => {
  expect(extentOf([[0.2, -0.4], [0.1]])).toBe(1);
  expect(extentOf([[0.2, -3.5], [0.1]])).toBe(3.5);
});

test.each([
  [0, '0'],
  [-0.64, '−0.64'],
  [0.0123, '0.01'],
  [0.00123, '0.001'],
  [12.34, '12.3'],
  [1234.5, '1235'],
  [0.0000123, '1.2e−5'],
  [NaN, '–'],
])('%d is written %s', (x, text) => expect(format(x)).toBe(text));

test.each([
  [0.706, '71 %'],
  [1, '100 %'],
  [0.9962, '99.6 %'],
  [0.9995, '100 %'],
  [0.004, '0.4 %'],
  [0.0001, '< 0.1 %'],
  [0, '0 %'],
])('the probability %d is written %s', (p, text) => expect(percent(p)).toBe(text));

test('numbers that stand together have the same decimals, and zero has no sign', () => {
  const write = (values: number[]) => values.map(alike(values));
  expect(write([0.5, -0.25, 0])).toEqual(['0.50', '−0.25', '0.00']);
  expect(write([0.5, 0.003, -12.25])).toEqual(['0.500', '0.003', '−12.250']);
  expect(write([0.5, -0.00001])).toEqual(['0.500', '0.000']);
  expect(write([0.00002, -0.00001])).toEqual(['2.0e−5', '−1.0e−5']); // nothing would be left of them
  expect(write([])).toEqual([]);
  expect(alike([1])(Number.NaN)).toBe('–');
});
