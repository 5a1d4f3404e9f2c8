import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import type { Rect } from './geometry';
import { layout } from './layout';

const TIP = 3;

/** How far a point lies outside of a box; 0 on its edge or inside. */
const distance = (x: number, y: number, box: Rect): number =>
  Math.hypot(Math.max(box.x - x, 0, x - box.x - box.width), Math.max(box.y - y, 0, y - box.y - box.height));

const inside = (x: number, y: number, box: Rect): boolean =>
  x > box.x + 1e-6 && x < box.x + box.width - 1e-6 && y > box.y + 1e-6 && y < box.y + box.height - 1e-6;

describe.each(Object.entries(traces))('the arrows of %s', (_, trace) => {
  const sizes = [
    { width: 390, height: 300 },
    { width: 720, height: 360 },
    { width: 1440, height: 700 },
  ];

  test.each(sizes)('leave the edge of a box and stop just before another, at $width x $height', (size) => {
    const scene = layout(trace, size);
    const boxes = new Map(scene.boxes.map((box) => [box.item.id, box]));
    for (const { edge, curve } of scene.lines) {
      const [from, to] = [boxes.get(edge.from.id)!, boxes.get(edge.to.id)!];
      const [ax, ay, , , , , bx, by] = curve;
      expect(distance(ax, ay, from), edge.id).toBeLessThan(1e-6);
      expect(inside(ax, ay, from), edge.id).toBe(false);
      expect(distance(bx, by, to), edge.id).toBeCloseTo(TIP, 6);
      expect(curve.every(Number.isFinite), edge.id).toBe(true);
    }
  });

  test('carry states along time: forward to the right, backward to the left', () => {
    for (const { edge, curve } of layout(trace, sizes[1]!).lines.filter(({ edge }) => edge.kind === 'carry'))
      expect(Math.sign(curve[6] - curve[0]), edge.id).toBe(edge.to.direction === 'forward' ? 1 : -1);
  });
});
