import { expect, test } from 'vitest';
import { shareUnder, stepAfterKey, stepAtShare } from './scrub';

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
  const steps = [100, 299, 300, 20, 900].map((x) => stepAtShare(shareUnder(x, track), 4));
  expect(steps).toEqual([0, 1, 2, 0, 3]);
});
