import { expect, test } from 'vitest';
import { stepAfterKey, stepUnder } from './scrub';

test('keys move along the track and stop at its ends', () => {
  expect([stepAfterKey('ArrowRight', 3, 5), stepAfterKey('ArrowRight', 4, 5), stepAfterKey('ArrowLeft', 0, 5)]).toEqual(
    [4, 4, 0],
  );
  expect([stepAfterKey('PageUp', 3, 400), stepAfterKey('End', 3, 400), stepAfterKey('Home', 3, 400)]).toEqual([
    13, 399, 0,
  ]);
  expect(stepAfterKey('a', 3, 5)).toBeUndefined();
});

test('a pointer beside the track means its nearest end', () => {
  const track = { left: 100, width: 400 };
  expect([stepUnder(100, track, 4), stepUnder(299, track, 4), stepUnder(300, track, 4)]).toEqual([0, 1, 2]);
  expect([stepUnder(20, track, 4), stepUnder(900, track, 4)]).toEqual([0, 3]);
});
