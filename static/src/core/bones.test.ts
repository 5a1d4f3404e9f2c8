import { expect, test } from 'vitest';
import { bonesOf, jointsOf, sampled } from './bones';
import type { Posture } from './posture';

const low: Posture = [
  [2, 8],
  [4, 10],
];

test('a bone is a line between its joints, and one without a joint is left out', () => {
  expect(
    bonesOf(low, [
      [0, 1],
      [1, 5],
    ]),
  ).toBe('M2 8L4 10');
  expect(jointsOf(low)).toBe('M2 8h0M4 10h0');
});

test('some frames of many are the first, the last and others between', () => {
  expect(sampled(41, 5)).toEqual([0, 10, 20, 30, 40]);
  expect([sampled(3, 9), sampled(1, 9), sampled(0, 9)]).toEqual([[0, 1, 2], [0], []]);
});
