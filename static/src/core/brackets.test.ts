import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { halfName, seenBracket } from './brackets';
import { layout } from './layout';

const WIDTH = 360;
const scenes = Object.entries(traces).map(
  ([name, trace]) => [name, layout(trace, { width: WIDTH, height: 300 })] as const,
);
const windowsOf = (width: number) => Array.from({ length: 41 }, (_, i) => (i / 40) * (width - WIDTH));

describe.each(scenes)('the brackets of %s', (_, scene) => {
  test('keep their names whole in every window', () => {
    for (const left of windowsOf(scene.width)) {
      for (const bracket of scene.brackets) {
        const seen = seenBracket(bracket, left, WIDTH);
        const half = halfName(bracket, seen.away);
        expect(seen.label - half).toBeGreaterThanOrEqual(left);
        expect(seen.label + half).toBeLessThanOrEqual(left + WIDTH);
      }
    }
  });

  test('are drawn inside the window, and open where they go on', () => {
    for (const left of windowsOf(scene.width)) {
      for (const bracket of scene.brackets) {
        const seen = seenBracket(bracket, left, WIDTH);
        expect(seen.from).toBeGreaterThanOrEqual(left);
        expect(seen.to).toBeLessThanOrEqual(left + WIDTH);
        if (seen.away) continue;
        expect(seen.from).toBe(seen.open.left ? left + 8 : bracket.start);
        expect(seen.to).toBe(seen.open.right ? left + WIDTH - 8 : bracket.end);
      }
    }
  });
});

test('a bracket out of sight says on which side it is', () => {
  const { brackets, width } = layout(traces.manyToOneLong, { width: WIDTH, height: 300 });
  const [x, y] = [brackets[0]!, brackets[1]!];
  expect(seenBracket(y, 0, WIDTH).away).toBe('right');
  expect(seenBracket({ ...y, start: 10, end: 60 }, width - WIDTH, WIDTH).away).toBe('left');
  expect(seenBracket(x, 500, WIDTH)).toMatchObject({ away: null, open: { left: true, right: true } });
});

test('a bracket that is seen whole is drawn from end to end', () => {
  const bracket = layout(traces.manyToMany, { width: 968, height: 400 }).brackets[1]!;
  expect(seenBracket(bracket, 0, 968)).toMatchObject({ from: bracket.start, to: bracket.end, away: null });
});
