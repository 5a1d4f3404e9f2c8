import { describe, expect, test } from 'vitest';
import attention from '../fixtures/attention.json';
import type { Trace } from '../core/wire';
import { barScale, fittingScale, inputSlopesOf, shareLeft, slopesOf } from './slope';

const recorded = attention as unknown as Trace;
const trace: Trace = {
  ...recorded,
  gradient: {
    y: 0,
    label: 'do',
    score: -1,
    c: null,
    x_entries: null,
    places: null,
    h: recorded.layers.map((record, i) => record.seen_x.map((_, step) => i * 100 + step)),
    x: recorded.x.map((_, t) => t),
  },
};

describe('gradients along the columns', () => {
  test('a forward lane runs through the encoder and then the decoder', () => {
    const slopes = slopesOf(trace, { layer: 0, direction: 'forward' });
    const decoder = trace.layers.findIndex((r) => r.part === 'decoder');
    expect(slopes.slice(0, 2)).toEqual([0, 1]);
    expect(slopes[trace.T_x]).toBe(decoder * 100);
  });

  test('a backward lane has no state in the decoder', () => {
    const slopes = slopesOf(trace, { layer: 0, direction: 'backward' });
    expect(slopes.slice(trace.T_x).every((v) => v === null)).toBe(true);
    expect(inputSlopesOf(trace).filter((v) => v !== null)).toHaveLength(trace.T_x);
  });

  test('a linear bar grows with the length, a log bar with its powers of ten', () => {
    expect(barScale([1, 4], 'linear', 80).height(1)).toBe(20);
    const log = barScale([0.001, 0.1, 10], 'log', 80);
    expect(log.height(0.1) - log.height(0.001)).toBeCloseTo(log.height(10) - log.height(0.1));
    expect(log.height(0.001)).toBeGreaterThan(0);
  });

  test('a log scale marks powers of ten, or 1, 2, 5 where it spans few of them', () => {
    expect(barScale([0.002, 3], 'log', 80).ticks.map((tick) => Number(tick.toFixed(4)))).toEqual([0.001, 0.01, 0.1, 1]);
    expect(barScale([0.3, 0.6], 'log', 80).ticks.map((tick) => Number(tick.toFixed(4)))).toEqual([0.1, 0.2, 0.5]);
  });

  test('a log scale is picked where a linear one would hide the small', () => {
    expect(fittingScale([0.001, null, 1])).toBe('log');
    expect([fittingScale([0.5, 0, 1]), fittingScale([])]).toEqual(['linear', 'linear']);
  });

  test('zeros and absent numbers make no bar', () => {
    expect(barScale([0, null], 'log', 80).height(0)).toBe(0);
    expect(barScale([0, 1], 'log', 80).height(0)).toBe(0);
  });

  test('what is left at the far end depends on the direction', () => {
    expect(shareLeft([0.1, 0.5, 1], 'forward')).toBeCloseTo(0.1);
    expect(shareLeft([0.1, 0.5, 1], 'backward')).toBe(1);
    expect(shareLeft([null, 0], 'forward')).toBeNull();
  });
});
