import { expect, test } from 'vitest';
import { frameAfter, partOf, uncut, withEnd, wordsOf } from './trim';

const all = uncut(Array.from({ length: 40 }, (_, t) => [[t, t]] as const));
const some = withEnd(withEnd(all, 'last', 19, 100), 'first', 5, 100);

test('a part begins and ends with its frames', () => {
  expect([some.first, some.last, partOf(some).length]).toEqual([5, 19, 15]);
  expect(partOf(some)[0]).toEqual([[5, 5]]);
  expect(partOf(all)).toHaveLength(40);
});

test('an end stops at the other end, at the ends of the movement, and where the part would be too long', () => {
  expect(withEnd(some, 'first', 30, 100).first).toBe(19);
  expect(withEnd(some, 'last', 99, 100).last).toBe(39);
  expect(withEnd(some, 'last', 99, 20).last).toBe(24);
  expect(withEnd(some, 'first', -3, 16).first).toBe(4);
});

test('what is chosen is said with its length in seconds', () => {
  expect(wordsOf(some, 25)).toBe('frames 6 to 20 of 40, 0.6 s');
  expect([wordsOf(all, 20), wordsOf(uncut([]), 20)]).toEqual(['40 frames, 2.0 s', 'nothing moves yet']);
});

test('a part is played round and round', () => {
  expect([0, 0.1, 0.56, 0.61].map((seconds) => frameAfter(some, seconds, 25))).toEqual([5, 7, 19, 5]);
});
