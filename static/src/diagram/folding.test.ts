import { expect, test } from 'vitest';
import { layout } from '../core/layout';
import { traces } from '../fixtures';
import { foldingOf } from './folding';

const size = { width: 968, height: 400 };

test('unfolded, everything stays where it is', () => {
  const scene = layout(traces.manyToOne, size);
  const folding = foldingOf(scene, 0, 3, { left: 0, width: 968 });
  expect(scene.slots.every((p) => Math.abs(folding.shift(p.column.t)) === 0)).toBe(true);
  expect([folding.opacity(0), folding.between, folding.loops]).toEqual([1, 1, 0]);
});

test('folded, all columns stand in one place and only that of this moment is seen', () => {
  const scene = layout(traces.manyToOne, size);
  const folding = foldingOf(scene, 1, 3, { left: 0, width: 968 });
  const places = scene.slots.map((p) => Math.round(p.middle + folding.shift(p.column.t)));
  expect(new Set(places)).toEqual(new Set([484]));
  expect(scene.slots.map((p) => folding.opacity(p.column.t))).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0]);
});

test('an encoder and a decoder fold into two loops side by side', () => {
  const scene = layout(traces.encoderDecoder, size);
  const folding = foldingOf(scene, 1, 6, { left: 0, width: 968 });
  expect(folding.shown).toEqual([4, 6]);
  expect(scene.slots[4]!.middle + folding.shift(4)).toBeLessThan(scene.slots[6]!.middle + folding.shift(6) - 100);
});
