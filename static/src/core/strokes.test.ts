import { expect, test } from 'vitest';
import { SIDE, extended, lifted, pathOf, strokesOf, textOfStrokes, withoutLast, type PenPoint } from './strokes';

const point = (x: number, y: number, lift = false): PenPoint => ({ x, y, lift });
const t = [point(500, 100), point(500, 900, true), point(300, 480), point(700, 500, true), point(10, 990, true)];

test('the text is the one that the server writes and reads', () => {
  // python: StrokesKind().to_text(Strokes.of([[500, 100, 0], [500, 900, 1], [300, 480, 0], [700, 500, 1], [10, 990, 1]]))
  expect(textOfStrokes(t)).toBe('u8B_gpHpAM98tuNsh3g0jopeYQcA');
  expect(strokesOf('u8B_gpHpAM98tuNsh3g0jopeYQcA')).toEqual(t);
});

test('an empty sheet is an empty text, and what is no strokes is none', () => {
  expect(textOfStrokes([])).toBe('');
  expect(strokesOf(' ')).toEqual([]);
  for (const text of ['seven', '40x40.AAAA', 'u8B_gpHpAM98tuNsh3g0']) expect(strokesOf(text)).toBeNull();
});

test('a pen goes on to places within the square, and leaves out those next to the last', () => {
  const path = extended(extended([], { x: 3.4, y: -20 }), { x: 1200, y: 7 });
  expect(path).toEqual([point(3, 0), point(SIDE, 7)]);
  expect(extended(path, { x: SIDE - 1, y: 8 })).toEqual(path);
  expect(extended(lifted(path), { x: SIDE - 1, y: 8 })).toHaveLength(3);
});

test('the last stroke alone is taken away', () => {
  expect(withoutLast(t)).toEqual(t.slice(0, 4));
  expect(withoutLast(withoutLast(t))).toEqual(t.slice(0, 2));
  expect(withoutLast([point(1, 2, true)])).toEqual([]);
});

test('each stroke is a part of the path, and a dot is seen', () => {
  expect(pathOf(t)).toBe('M500 100h0L500 900M300 480h0L700 500M10 990h0');
});
