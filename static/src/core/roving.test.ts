import { expect, test } from 'vitest';
import { led } from './roving';

test('arrows lead to the neighbour and stop at the ends', () => {
  expect([led('ArrowRight', 0, 3), led('ArrowRight', 2, 3), led('ArrowLeft', 1, 3), led('ArrowLeft', 0, 3)]).toEqual([
    1, 2, 0, 0,
  ]);
});

test('Home and End lead to the ends, and other keys nowhere', () => {
  expect([led('Home', 2, 3), led('End', 0, 3), led('Tab', 1, 3), led(' ', 1, 3)]).toEqual([0, 2, null, null]);
});
