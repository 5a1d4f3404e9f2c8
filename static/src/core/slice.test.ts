import { expect, test } from 'vitest';
import type { Pixels, Points, Recording } from './wire';
import { partOf, proportionOf } from './slice';

const pixels: Pixels = { kind: 'pixels', href: 'a.png', width: 28, height: 28 };
const sound: Recording = {
  kind: 'sound',
  href: 'a.wav',
  rate: 16000,
  seconds: 2,
  picture: 'b.png',
  width: 100,
  height: 40,
};
const points: Points = {
  kind: 'points',
  frames: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
    ],
    [
      [5, 5],
      [6, 5],
      [6, 6],
    ],
  ],
  bones: [
    [0, 1],
    [1, 2],
  ],
  width: 10,
  height: 10,
};

test('a rectangle of a picture is seen alone', () => {
  const part = partOf({ source: pixels, slice: { kind: 'rect', x: 0, y: 6, width: 28, height: 1 } });
  expect([part.view, part.picture?.href, part.stretched]).toEqual([[0, 6, 28, 1], 'a.png', false]);
});

test('a time of a sound is the part of its picture that lies there, and fills its box', () => {
  const part = partOf({ source: sound, slice: { kind: 'time', first: 0.5, last: 1 } });
  expect([part.view, part.picture?.href, part.stretched]).toEqual([[25, 0, 25, 40], 'b.png', true]);
  expect(partOf({ source: sound, slice: { kind: 'time', first: 1, last: 1 } }).view[2]).toBe(1);
});

test('a figure is the bones of its frame', () => {
  const part = partOf({ source: points, slice: { kind: 'figure', frame: 1 } });
  expect(part.lines).toEqual([
    [
      [5, 5],
      [6, 5],
    ],
    [
      [6, 5],
      [6, 6],
    ],
  ]);
  expect(partOf({ source: points, slice: { kind: 'figure', frame: 9 } }).lines).toEqual([]);
});

test('all frames of a movement are seen in the same square, as large as the movement', () => {
  const [first, second] = [0, 1].map((frame) => partOf({ source: points, slice: { kind: 'figure', frame } }).view);
  expect(first).toEqual(second);
  const [left = 0, , width = 0] = first ?? [];
  expect([left < 0, left + width > 6, width < points.width]).toEqual([true, true, true]);
});

test('a stretch of a drawing stands out from what came before it, and nothing that comes later is there', () => {
  const last = partOf({ source: points, slice: { kind: 'stretch', first: 1, last: 2 } });
  expect([last.lines.length, last.faint.length]).toEqual([1, 1]);
  expect(last.faint[0]?.[1]).toEqual([1, 0]);
  const first = partOf({ source: points, slice: { kind: 'stretch', first: 0, last: 1 } });
  expect([first.lines.length, first.faint.length]).toEqual([1, 0]);
});

test('a part is as wide for its height as what it shows, and time has no shape', () => {
  expect(proportionOf({ source: pixels, slice: { kind: 'rect', x: 0, y: 0, width: 28, height: 14 } })).toBe(2);
  expect(proportionOf({ source: points, slice: { kind: 'figure', frame: 0 } })).toBe(1);
  expect(proportionOf({ source: sound, slice: { kind: 'time', first: 0, last: 1 } })).toBe(null);
});
