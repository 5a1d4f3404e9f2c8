import { expect, test } from 'vitest';
import { paceOf, playheadAt, rateOf, secondAt, usualRate } from './pace';

const columns = [0, 1, 2, 3, 4];
const timed = paceOf({ seconds: [0.5, 0.25, 0, 1, 0.25] }, columns);

test('steps without a time of their own pass evenly', () => {
  const pace = paceOf({ seconds: null }, columns);
  expect(rateOf(pace)).toBeCloseTo(usualRate(5));
  expect(playheadAt(pace, secondAt(pace, 3.5))).toBeCloseTo(3.5);
});

test('a step takes as long as its column lasts', () => {
  expect(timed).toEqual([0, 0.5, 0.75, 0.75, 1.75, 2]);
  expect([0.25, 0.5, 1.25, 2].map((second) => playheadAt(timed, second))).toEqual([0.5, 1, 3.5, 5]);
});

test('a column that is passed twice takes its time twice', () => {
  expect(paceOf({ seconds: [1, 2] }, [0, 1, 1, 0]).at(-1)).toBe(6);
});

test('instants and seconds lead to one another, and time never goes back', () => {
  let before = 0;
  for (let head = 0; head <= 5; head += 0.125) {
    const second = secondAt(timed, head);
    expect(second).toBeGreaterThanOrEqual(before);
    if (head < 2 || head > 3) expect(playheadAt(timed, second)).toBeCloseTo(head);
    before = second;
  }
});

test('long runs keep moving, short ones are watched slowly', () => {
  expect(usualRate(7)).toBeLessThanOrEqual(1);
  expect(usualRate(200)).toBe(4);
});
