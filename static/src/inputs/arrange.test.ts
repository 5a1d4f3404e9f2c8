import { expect, test } from 'vitest';
import { added, placeSentence, placed, placingAfter, raised, spread, without } from './arrange';

const stage = { width: 100, height: 80, smallest: 0.5, largest: 2 };
const cat = { name: 'cat', x: 20, y: 30, size: 1, turn: 0 };
const sun = { name: 'sun', x: 60, y: 5, size: 0.6, turn: 170 };

test('a thing stays on the stage, in its sizes, and turns round', () => {
  expect(placed([cat, sun], 0, { x: -9, y: 900, size: 7 }, stage)[0]).toMatchObject({ x: 0, y: 80, size: 2 });
  expect(placed([cat, sun], 1, { turn: 200 }, stage)[1]?.turn).toBe(-160);
  expect(placed([cat, sun], 1, { turn: -180 }, stage)[1]?.turn).toBe(180);
  expect(placed([cat, sun], 1, { x: 7 }, stage)[0]).toEqual(cat);
});

test('a new thing stands where there is room, in front', () => {
  expect(added([], 'cat', stage)).toEqual([{ ...cat, x: 50, y: 40 }]);
  const [first, second, third] = added(added(added([], 'cat', stage), 'sun', stage), 'dog', stage);
  const far = (a = cat, b = cat) => Math.hypot(a.x - b.x, a.y - b.y);
  expect(Math.min(far(first, second), far(second, third), far(first, third))).toBeGreaterThan(30);
});

test('a thing is brought to the front, or taken away', () => {
  expect(raised([cat, sun], 0)).toEqual([sun, cat]);
  expect(without([cat, sun], 0)).toEqual([sun]);
});

test('arrows move, plus and minus size, brackets turn, and with Shift all go further', () => {
  expect(placingAfter('ArrowLeft', cat, stage, false)).toEqual({ x: 18 });
  expect(placingAfter('ArrowDown', cat, stage, true)).toEqual({ y: 40 });
  expect(placingAfter('+', cat, stage, false)).toEqual({ size: 1.05 });
  expect(placingAfter('{', cat, stage, true)).toEqual({ turn: -45 });
  expect(placingAfter('q', cat, stage, false)).toBeUndefined();
});

test('two fingers that part and turn around each other size and turn', () => {
  expect(spread(cat, [10, 0], [0, 20])).toEqual({ size: 2, turn: 90 });
  expect(spread(cat, [0, 0], [5, 0]).size).toBe(1);
});

test('where a thing is can be said', () => {
  expect(placeSentence(cat, stage)).toBe('cat, at 20 and 30 of 100 × 80, size 1');
  expect(placeSentence(sun, stage)).toBe('sun, at 60 and 5 of 100 × 80, size 0.6, turned by 170°');
});
