import { describe, expect, test } from 'vitest';
import tagger from '../fixtures/many_to_many_bidirectional.json';
import deep from '../fixtures/many_to_many.json';
import attention from '../fixtures/attention.json';
import named from '../fixtures/one_to_many.json';
import sentence from '../fixtures/many_to_one.json';
import type { Trace } from '../core/wire';
import { columnSentence, historyOf, lanesOf, laneTitle } from './history';

const [both, layered, translated, judged] = [tagger, deep, attention, sentence].map((t) => t as unknown as Trace) as [
  Trace,
  Trace,
  Trace,
  Trace,
];

describe('histories along the columns', () => {
  test('the lanes of a network are its layers and directions, forward first', () => {
    expect(lanesOf(both).map((lane) => lane.direction)).toEqual(['forward', 'backward']);
    expect(lanesOf(layered).map((lane) => laneTitle(layered, lane))).toEqual(['layer 1', 'layer 2']);
  });

  test('a forward lane goes through the encoder and then the decoder', () => {
    const history = historyOf(translated, { layer: 0, direction: 'forward' }, 'h', 'ng');
    expect(history).toHaveLength(translated.columns.length);
    const decoder = translated.layers.find((r) => r.part === 'decoder');
    expect(history.at(translated.T_x)).toEqual(decoder?.values['h']?.[0]);
  });

  test('a backward lane has no states in the decoder', () => {
    const history = historyOf(translated, { layer: 0, direction: 'backward' }, 'h', 'ng');
    expect(history.slice(translated.T_x).every((row) => row === null)).toBe(true);
    expect(history[0]).not.toBeNull();
  });

  test("in Ng's notation a gru's update gate is shown as 1 - z", () => {
    const lane = { layer: 0, direction: 'forward' } as const;
    const [z, gamma] = (['pytorch', 'ng'] as const).map((n) => historyOf(both, lane, 'z', n)[0]?.[0] ?? 0);
    expect(z! + gamma!).toBeCloseTo(1);
    expect(historyOf(both, lane, 'r', 'ng')).toEqual(historyOf(both, lane, 'r', 'pytorch'));
  });

  test('a column says in words what it does', () => {
    expect(columnSentence(judged, 0)).toBe('reads “there”');
    expect(columnSentence(translated, translated.T_x)).toMatch(/^reads nothing, writes “/);
    expect(columnSentence(translated, translated.T_x + 1)).toContain(`reads its own “${translated.outputs[0]?.label}”`);
  });

  test('a letter that was dictated is not called the network’s own', () => {
    const written = named as unknown as Trace;
    expect(columnSentence(written, 1)).toMatch(/^reads the dictated “m”/);
    expect(columnSentence(written, 3)).toMatch(/^reads its own “w”/);
  });
});
