import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { contestantOf, gradientScale, slopeArea, slopeLine, verdictRange } from './compare';
import type { Trace } from '../core/wire';

/** Give a trace gradients that shrink tenfold with each step back. */
function sloped(trace: Trace, hasC: boolean): Trace {
  const h = trace.layers.map(({ seen_x }) => seen_x.map((_, step) => 10 ** (step + 1 - seen_x.length)));
  const gradient = { y: trace.T_y - 1, label: '', score: -1, h, c: hasC ? h.map((row) => row.map(() => 2)) : null, x: trace.x.map(() => 0) };
  return { ...trace, gradient };
}

describe('networks side by side', () => {
  test('the gradient that is left at the first step is that of the memory, c where there is one', () => {
    expect(contestantOf(sloped(traces.manyToOne, false)).left).toBeCloseTo(10 ** (1 - traces.manyToOne.columns.length));
    expect(contestantOf(sloped(traces.manyToOne, true)).left).toBe(1);
  });

  test('a network that answers once is followed by its running verdict', () => {
    const { verdict, scale } = contestantOf(sloped(traces.manyToOne, false));
    expect(verdict).toHaveLength(traces.manyToOne.columns.length);
    expect(verdict.every((value) => value !== null && value >= 0 && value <= 1)).toBe(true);
    expect(scale?.high).toBe(1);
  });

  test('two directions have two chains, and a translation no verdict', () => {
    expect(contestantOf(sloped(traces.manyToOneBidirectional, false)).chains.map(({ lane }) => lane.direction)).toEqual(['forward', 'backward']);
    const translation = contestantOf(sloped(traces.encoderDecoder, false));
    expect(translation.verdict.every((value) => value === null)).toBe(true);
    expect(verdictRange([translation])).toBeNull();
  });

  test('all networks are measured on one scale', () => {
    const pair = [contestantOf(sloped(traces.manyToOne, false)), contestantOf(sloped(traces.manyToOne, true))];
    const scale = gradientScale(pair, 30);
    expect(scale.height(2)).toBe(30);
    expect(scale.height(1)).toBeLessThan(30);
  });

  test('gradients are drawn over the whole width, with a gap where there are none', () => {
    const scale = gradientScale([contestantOf(sloped(traces.manyToOne, true))], 30);
    const gap = [2, null, 2];
    expect(slopeLine(gap, 10, 34, scale).match(/M/g)).toHaveLength(2);
    expect(slopeArea([2, 2], 10, 34, scale)).toMatch(/^M0,4.*L20,34.*Z$/);
  });
});
