import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { contestantOf, gradientScale, reachOf, STRIP, slopeArea, slopeLine, telling, verdictAxis } from './compare';
import type { Trace } from '../core/wire';

/** Give a trace gradients that shrink tenfold with each step back. */
function sloped(trace: Trace, hasC: boolean): Trace {
  const h = trace.layers.map(({ seen_x }) => seen_x.map((_, step) => 10 ** (step + 1 - seen_x.length)));
  const gradient = {
    y: trace.T_y - 1,
    label: '',
    score: -1,
    h,
    c: hasC ? h.map((row) => row.map(() => 2)) : null,
    x: trace.x.map(() => 0),
    x_entries: null,
    places: null,
  };
  return { ...trace, gradient };
}

describe('networks side by side', () => {
  test('how far a gradient reaches is measured on the memory, c where there is one', () => {
    expect(contestantOf(sloped(traces.manyToOne, false)).reach).toBe(1);
    expect(contestantOf(sloped(traces.manyToOne, true)).reach).toBe(traces.manyToOne.columns.length - 1);
  });

  test('a gradient reaches as far back as a tenth of its greatest length is left', () => {
    expect(reachOf([0.3, 0.01, 1, 0.5, 9], 3)).toBe(3);
    expect(reachOf([0.01, 0.01, 1, 0.5], 3)).toBe(1);
    expect(reachOf([0, 0, 0], 2)).toBe(0);
  });

  test('with attention a gradient need not go along the chain', () => {
    expect(contestantOf(sloped(traces.attention, false)).reach).toBeNull();
  });

  test('a network that answers at each step is asked for the output it is least sure of', () => {
    const doubts = traces.manyToManyBidirectional.outputs.map(({ p }) => 1 - p);
    expect(doubts[telling(traces.manyToManyBidirectional)]).toBe(Math.max(...doubts));
    expect([telling(traces.manyToOne), telling(traces.encoderDecoder)]).toEqual([-1, -1]);
  });

  test('a network that answers once is followed by its running verdict', () => {
    const { verdict, scale, running } = contestantOf(sloped(traces.manyToOne, false));
    expect(verdict).toHaveLength(traces.manyToOne.columns.length);
    expect(verdict.every((value) => value !== null && value >= 0 && value <= 1)).toBe(true);
    expect([scale?.high, running]).toEqual([1, true]);
  });

  test('two directions have two chains, and a translation no verdict', () => {
    expect(contestantOf(sloped(traces.manyToOneBidirectional, false)).chains.map(({ lane }) => lane.direction)).toEqual(
      ['forward', 'backward'],
    );
    const translation = contestantOf(sloped(traces.encoderDecoder, false));
    expect(translation.verdict.every((value) => value === null)).toBe(true);
    expect(verdictAxis(translation, [translation])).toBeNull();
  });

  test('verdicts share an axis where they measure the same, and only there', () => {
    const stars = {
      ...contestantOf(traces.manyToOne),
      scale: { ...contestantOf(traces.manyToOne).scale!, title: 'expected', low: 1, high: 5 },
    };
    const [one, more] = [contestantOf(traces.manyToOne), { ...stars, scale: { ...stars.scale, high: 6 } }];
    expect(verdictAxis(one, [one, stars, more])?.range).toEqual([0, 1]);
    expect(verdictAxis(stars, [one, stars, more])?.range).toEqual([1, 6]);
  });

  test('all networks are measured on one scale', () => {
    const pair = [contestantOf(sloped(traces.manyToOne, false)), contestantOf(sloped(traces.manyToOne, true))];
    const scale = gradientScale(pair);
    expect(scale.height(2)).toBe(STRIP - 4);
    expect(scale.height(1)).toBeLessThan(STRIP - 4);
  });

  test('gradients are drawn over the whole width, with a gap where there are none', () => {
    const scale = gradientScale([contestantOf(sloped(traces.manyToOne, true))]);
    const gap = [2, null, 2];
    expect(slopeLine(gap, 10, 34, scale).match(/M/g)).toHaveLength(2);
    expect(slopeArea([2, 2], 10, 34, scale)).toMatch(/^M0,4.*L20,34.*Z$/);
  });
});
