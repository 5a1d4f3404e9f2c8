import { bound } from '../core/scales';
import { expect, test } from 'vitest';
import { heightOf, pathOf, rangeOf } from './lines';

test('a gate is drawn on its own range, an unbounded memory as far as it reaches', () => {
  expect(rangeOf({ low: 0, high: 1 }, [0.4, 0.5])).toEqual([0, 1]);
  expect(rangeOf({ low: null, high: null }, [0.4, -2.5, null])).toEqual([-2.5, 2.5]);
});

test('the highest value stands at the top', () => {
  const y = heightOf(40, [-1, 1]);
  expect([y(1), y(0), y(-1)]).toEqual([3, 20, 37]);
});

test('a line passes through the middle of each column and breaks where there is no number', () => {
  expect(pathOf([0, 1], 10, 40, [-1, 1])).toBe('M5,20L15,3');
  expect(pathOf([0, null, 0], 10, 40, [-1, 1])).toBe('M5,20ZM25,20Z');
});

test('a line breaks, but loses no number, where the decoder begins', () => {
  expect(pathOf([0, 1, 0, 1], 10, 40, [-1, 1], 2)).toBe('M5,20L15,3M25,20L35,3');
});

test('the ends of a range are written without needless zeros', () => {
  expect([1, -1, 1.38, 0, 0.1, 0.001].map(bound)).toEqual(['1', '−1', '1.38', '0', '0.1', '0.001']);
  expect([1e-4, 2e-12, 9.99999e-9].map(bound)).toEqual(['10⁻⁴', '2·10⁻¹²', '10⁻⁸']);
});
