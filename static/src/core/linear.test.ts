import { expect, test } from 'vitest';
import { linear, roundDomain, tickTexts } from './linear';

test('an axis leads from values to pixels and back', () => {
  const y = linear([10, 30], [100, 0]);
  expect([y(10), y(20), y(30)]).toEqual([100, 50, 0]);
  expect([y.invert(100), y.invert(25)]).toEqual([10, 25]);
});

test('one value alone stands in the middle', () => {
  expect(linear([3, 3], [0, 80])(3)).toBe(40);
});

test('ticks are round and have the decimals that tell them apart', () => {
  expect(linear([0, 1], [0, 80]).ticks(4)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(roundDomain([283, 337], 4)).toEqual([280, 340]);
  expect([tickTexts([0, 0.5, 1]), tickTexts([-20, 0, 20]), tickTexts([0, 0.2, 0.4]), tickTexts([0.25, 0.3])]).toEqual([
    ['0.0', '0.5', '1.0'],
    ['−20', '0', '20'],
    ['0.0', '0.2', '0.4'],
    ['0.25', '0.30'],
  ]);
  expect(tickTexts([7])).toEqual(['7']);
});
