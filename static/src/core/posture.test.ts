import { expect, test } from 'vitest';
import { type Posture, squareAround } from './posture';

const low: Posture = [
  [2, 8],
  [4, 10],
];
const high: Posture = [
  [2, 0],
  [3, 1],
];

test('the square around a movement holds all of its frames, with the same room on both sides', () => {
  const [left, top, width, height] = squareAround([low, high]);
  expect(width).toBeCloseTo(11.2);
  expect([height, left + width / 2, top + height / 2]).toEqual([width, 3, 5]);
});

test('a square is there for one point, and for none', () => {
  expect(squareAround([[[3, 3]]])).toEqual([2.5, 2.5, 1, 1]);
  expect(squareAround([])).toEqual([0, 0, 1, 1]);
});
