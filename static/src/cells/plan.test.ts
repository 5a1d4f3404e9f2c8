import { expect, test } from 'vitest';
import { unitAt } from './plan';

test('every unit of a strip can be pointed at, and its edges belong to the first and the last', () => {
  expect([0, 0.24, 0.25, 0.99].map((at) => unitAt(at, 4))).toEqual([0, 0, 1, 3]);
  expect([unitAt(-0.1, 4), unitAt(1, 4)]).toEqual([0, 3]);
});
