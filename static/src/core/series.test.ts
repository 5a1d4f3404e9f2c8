import { expect, test } from 'vitest';
import { domainOf, numbersOf, withNumber } from './series';

test('numbers may be separated by commas, semicolons or lines', () => {
  expect(numbersOf('1, 2.5;-3\n4e1')).toEqual([1, 2.5, -3, 40]);
  expect(numbersOf('1, two, 3')).toBeNull();
  expect(numbersOf('7')).toBeNull();
});

test('dragging one point leaves the rest of the text alone', () => {
  expect(withNumber('1,  2.50, 3', 1, 2.71828)).toBe('1,  2.72, 3');
  expect(numbersOf(withNumber('1 2 3', 2, -0.0004567))).toEqual([1, 2, -0.000457]);
});

test('the axis leaves room to drag beyond the largest and smallest number', () => {
  const [low, high] = domainOf([0, 10]);
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(10);
  expect(domainOf([5, 5])[0]).toBeLessThan(domainOf([5, 5])[1]);
});
