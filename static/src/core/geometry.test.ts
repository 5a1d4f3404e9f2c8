import { expect, test } from 'vitest';
import { fitText, overlap, pathOf, pointOn, straight, textWidth } from './geometry';

test('a pulse leaves at the start of its curve and arrives at its end', () => {
  const curve = [0, 0, 10, 50, 90, 50, 100, 0] as const;
  expect([pointOn(curve, 0), pointOn(curve, 1)]).toEqual([
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ]);
  expect(pointOn(curve, 0.5).y).toBeGreaterThan(30);
});

test('on a straight line a pulse moves evenly', () => {
  expect(pointOn(straight(0, 0, 40, 0), 0.25)).toEqual({ x: 10, y: 0 });
  expect(pathOf(straight(0, 0, 3, 0))).toBe('M0 0C1 0 2 0 3 0');
});

test('boxes that touch do not overlap', () => {
  const a = { x: 0, y: 0, width: 10, height: 10 };
  expect(overlap(a, { ...a, x: 10 })).toBe(false);
  expect(overlap(a, { ...a, x: 9 })).toBe(true);
});

test('a text that is too long is cut to its box', () => {
  expect(fitText('short', 13, 100)).toBe('short');
  const cut = fitText('incomprehensibilities', 13, 60);
  expect(cut.endsWith('…')).toBe(true);
  expect(textWidth(cut, 13)).toBeLessThanOrEqual(60);
});
