import { expect, test } from 'vitest';
import { layout } from '../core/layout';
import { traces } from '../fixtures';
import { abscissa, columnsBetween, viewOf } from './window';

const long = layout(traces.manyToOneLong, { width: 968, height: 400 });

test('a window sees the columns that touch it', () => {
  const { first, last } = columnsBetween(long, 3000, 3968);
  expect(last - first).toBeLessThan(25);
  expect(long.slots[first]!.middle + long.slots[first]!.width / 2).toBeGreaterThanOrEqual(3000);
  expect(long.slots[last]!.middle - long.slots[last]!.width / 2).toBeLessThanOrEqual(3968);
});

test('windows beyond the ends see the columns at the ends', () => {
  expect(columnsBetween(long, -500, 200).first).toBe(0);
  expect(columnsBetween(long, 1e6, 2e6)).toEqual({ first: 199, last: 199 });
});

test('only what is near the window is drawn, with every arrow that touches it', () => {
  const view = viewOf(long, 100, 110);
  expect([...view.boxes.keys()]).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110]);
  const columns = view.lines.map(({ edge }) => [edge.from.column, edge.to.column]);
  expect(columns).toContainEqual([99, 100]);
  expect(columns).toContainEqual([110, 111]);
  expect(view.lines.length).toBeLessThan(40);
});

test('an arrow that passes over the window is drawn', () => {
  const scene = layout(traces.manyToOneBidirectional, { width: 968, height: 400 });
  const passing = viewOf(scene, 2, 3).lines.map((l) => l.edge.id);
  expect(passing).toContain('h.0.0.backward>y.0');
});

test('the playhead glides from the middle of a column to the next', () => {
  const [a, b] = [long.slots[4]!.middle, long.slots[5]!.middle];
  expect([abscissa(long, 5), abscissa(long, 6)]).toEqual([a, b]);
  expect(abscissa(long, 5.5)).toBeCloseTo((a + b) / 2);
  expect(abscissa(long, 0)).toBe(long.slots[0]!.middle);
});
