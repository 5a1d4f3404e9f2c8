import { expect, test } from 'vitest';
import { drawLine, drawingOf, isEmpty, sheet, textOfDrawing } from './drawing';

const seven = drawLine(
  drawLine(sheet(40, 40), { x: 10, y: 8 }, { x: 30, y: 8 }, 3.6),
  { x: 30, y: 8 },
  { x: 18, y: 35 },
  3.6,
);

test('a drawing comes back from its text as it was, and fits in an address', () => {
  const text = textOfDrawing(seven);
  expect(drawingOf(text)).toEqual(seven);
  expect(text).toMatch(/^40x40\.[\w-]+$/);
  expect(text.length).toBeLessThan(400);
  const odd = drawLine(sheet(5, 3), { x: 0, y: 0 }, { x: 5, y: 3 }, 1);
  expect(drawingOf(textOfDrawing(odd))).toEqual(odd);
});

test('the text is the one that the server writes and reads', () => {
  // python: DrawingKind().to_text(Drawing.of(np.eye(4, dtype=np.float32)))
  expect([...(drawingOf('4x4.-8DAz8DwgYEfAA')?.levels ?? [])]).toEqual([
    15, 0, 0, 0, 0, 15, 0, 0, 0, 0, 15, 0, 0, 0, 0, 15,
  ]);
});

test('what is no drawing is none', () => {
  for (const text of ['', 'seven', '40x40', '0x4.AA', '400x400.AA', '40x40.!', '40x40.AAAA'])
    expect(drawingOf(text)).toBeNull();
});

test('a line has the thickness of its pen, and a dot is a line of no length', () => {
  const ink = ({ levels }: typeof seven) => levels.reduce((sum, level) => sum + level, 0) / 15;
  expect(isEmpty(sheet(9, 9))).toBe(true);
  const dot = drawLine(sheet(20, 20), { x: 10, y: 10 }, { x: 10, y: 10 }, 4);
  expect(ink(dot)).toBeGreaterThan(10);
  expect(ink(dot)).toBeLessThan(16);
  expect(ink(drawLine(sheet(20, 20), { x: 5, y: 10 }, { x: 15, y: 10 }, 4)) - ink(dot)).toBeCloseTo(40, -1);
});

test('ink outside of the sheet is lost, and nothing else', () => {
  expect(isEmpty(drawLine(sheet(8, 8), { x: -40, y: -40 }, { x: -20, y: -20 }, 3))).toBe(true);
});
