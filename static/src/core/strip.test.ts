import { expect, test } from 'vitest';
import { foldOf, swatchOf, unitAt } from './strip';

const box = { x: 10, y: 20, width: 32, height: 64 };

test.each([1, 8, 16, 64, 150, 300])('%d units all have a swatch of their own', (units) => {
  const { columns, rows } = foldOf(units);
  expect(columns * rows).toBeGreaterThanOrEqual(units);
  for (let unit = 0; unit < units; unit += 1) {
    const { x, y, width, height } = swatchOf(unit, box, units);
    expect(unitAt({ x: x + width / 2, y: y + height / 2 }, box, units)).toBe(unit);
  }
});

test('sixteen units are two columns of eight, as in the lectures', () => {
  expect(foldOf(16)).toEqual({ columns: 2, rows: 8 });
});

test('beside the box there is no unit', () => {
  expect(unitAt({ x: 9, y: 30 }, box, 16)).toBeNull();
  expect(unitAt({ x: 20, y: 85 }, box, 16)).toBeNull();
});
