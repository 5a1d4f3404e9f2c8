import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { graphOf } from '../core/graph';
import { timetableOf } from '../core/timeline';
import { veiled } from '../core/veil';
import type { Trace } from '../core/wire';
import { bandPaths } from './bands';
import { outputsOf, runsOf, stretches, stretchesSentence } from './outputs';

const tagger = traces.manyToManyBidirectional;
const withOutputs = (output: Trace['network']['output'], y_hat: number[][]): Trace => {
  const alternatives = y_hat.map((row) => row.map((p, index) => ({ index, label: `class ${index}`, p })));
  return {
    ...tagger,
    network: { ...tagger.network, output, n_y: y_hat[0]?.length ?? 0 },
    T_y: y_hat.length,
    y_hat,
    outputs: alternatives.map((list) => ({
      index: 0,
      label: 'class 0',
      p: 1,
      alternatives: list,
      forced: false,
      value: null,
    })),
  };
};

describe('outputs over time', () => {
  test('one probability is an area, and so is the second of two classes', () => {
    const single = outputsOf(withOutputs('sigmoid', [[0.2], [0.9]]));
    expect([single?.shape, single?.title, single?.bands[0]?.values]).toEqual(['area', 'P(class 0)', [0.2, 0.9]]);
    const two = outputsOf(
      withOutputs('softmax', [
        [0.2, 0.8],
        [0.9, 0.1],
      ]),
    );
    expect([two?.title, two?.bands.map((b) => b.values)]).toEqual(['P(class 1)', [[0.8, 0.1]]]);
  });

  test('several classes are stacked up to 1', () => {
    const outputs = outputsOf(tagger);
    expect(outputs?.shape).toBe('stack');
    expect(outputs?.bands.map((b) => b.label)).toContain('B-PER');
    const sum = outputs?.bands.reduce((total, b) => total + (b.values[0] ?? 0), 0);
    expect(sum).toBeCloseTo(1, 2);
  });

  test('networks that answer once, or elsewhere, have nothing to show over time', () => {
    for (const trace of [traces.manyToOne, traces.attention, traces.oneToMany]) expect(outputsOf(trace)).toBeNull();
    expect(outputsOf({ ...tagger, y_hat: null })).toBeNull();
  });

  test('a value lasts for the whole of its step', () => {
    const [path] = bandPaths(outputsOf(withOutputs('sigmoid', [[0], [1]]))!, 10, 46);
    expect(path).toBe('M0,43L10,43L10,3L20,3L20,3L20,43L20,43L10,43L10,43L0,43Z');
  });

  test('stretches begin and end where the value crosses the threshold', () => {
    expect(stretches([0.6, 0.4, 0.5, 0.9, 0.1], 0.5)).toEqual([
      [0, 1],
      [2, 4],
    ]);
    expect(stretchesSentence([0.6, 0.4, 0.5, 0.9, 0.1], 'coding')).toBe('P(coding) ≥ 50 % at 3 of 5 steps: 1, 3–4.');
    expect(stretchesSentence([0.1], 'P(coding)')).toBe('P(coding) ≥ 50 % at none of 1 steps.');
  });

  test('equal neighbours are drawn as one', () => {
    expect(runsOf([...'AACA'])).toEqual([
      { text: 'A', from: 0, count: 2 },
      { text: 'C', from: 2, count: 1 },
      { text: 'A', from: 3, count: 1 },
    ]);
  });
});

test('where outputs collapse, the blank and what has been read so far are drawn as lines', () => {
  const trace = traces.manyToManyCollapsed;
  const labels = (shown: Trace) => outputsOf(trace, shown)!.bands.map(({ label }) => label);
  const read = new Set(trace.reading!.map(({ label }) => label));
  expect(new Set(labels(trace))).toEqual(new Set(['blank', ...read]));
  expect(labels(veiled(trace, timetableOf(graphOf(trace)), 1))).toEqual(['blank']);
  expect(outputsOf(trace)!.shape).toBe('lines');
});
