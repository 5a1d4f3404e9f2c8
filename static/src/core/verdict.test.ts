import { expect, test } from 'vitest';
import { traces } from '../fixtures';
import { along, probabilityName, trackOf } from './verdict';
import type { Trace } from './wire';

test('two classes are followed by the probability of the second', () => {
  const trace = traces.manyToOne;
  const scale = trackOf(trace)!.scale;
  const first = trace.running![0]!;
  expect(scale.title).toBe('P(positive)');
  expect(scale.read(first)).toBe(first.alternatives.find((a) => a.label === 'positive')!.p);
});

test('stars are followed by their expected number', () => {
  const trace = traces.manyToOneBidirectional;
  const scale = trackOf(trace)!.scale;
  const last = trace.running!.at(-1)!;
  const mean = last.alternatives.reduce((sum, a) => sum + a.p * Number(a.label[0]), 0);
  expect([scale.low, scale.high]).toEqual([1, 5]);
  expect(scale.read(last)).toBeCloseTo(mean, 2);
});

test('other classes are followed by the probability of the one that wins', () => {
  const trace: Trace = structuredClone(traces.manyToOneBidirectional);
  trace.y_values = null;
  const scale = trackOf(trace)!.scale;
  expect(scale.read(trace.running!.at(-1)!)).toBe(trace.running!.at(-1)!.p);
});

test('letters and tags are no number to follow', () => {
  expect(trackOf(traces.oneToMany)).toBeNull();
  expect(trackOf(traces.manyToMany)).toBeNull();
});

test('outputs that are one probability each are followed where they come out', () => {
  const trace = traces.manyToManyProbability;
  const track = trackOf(trace)!;
  expect([track.scale.title, track.running]).toEqual(['P(coding)', false]);
  expect(trace.columns.map((c) => track.scale.read(track.at(c)!))).toEqual(trace.outputs.map((o) => o.p));
});

test('a class that is named as a probability is not named twice', () => {
  const trace: Trace = structuredClone(traces.manyToManyProbability);
  for (const o of trace.outputs) for (const a of o.alternatives) a.label = 'P(coding)';
  expect(trackOf(trace)!.scale.title).toBe('P(coding)');
});

test('the number of a class is left out of the name of its probability', () => {
  expect([probabilityName('positive (1)'), probabilityName('very (un)happy')]).toEqual([
    'P(positive)',
    'P(very (un)happy)',
  ]);
});

test('a regression is followed on an axis that holds all its values', () => {
  const trace: Trace = structuredClone(traces.encoderDecoder);
  trace.network = { ...trace.network, output: 'identity', n_y: 1 };
  trace.outputs.forEach((o, y) => Object.assign(o, { index: null, alternatives: [{ index: 0, label: '', p: y - 2 }] }));
  const { scale } = trackOf(trace)!;
  expect([scale.low, scale.high]).toEqual([-2, trace.T_y - 3]);
});

test('a number is followed in the unit outside, by its own name', () => {
  const trace = traces.encoderDecoderNumbers;
  const { scale } = trackOf(trace)!;
  const values = trace.outputs.map(({ value }) => value!);
  expect([scale.title, scale.low, scale.high]).toEqual(['load', Math.min(...values), Math.max(...values)]);
  expect(trace.outputs.map(scale.read)).toEqual(values);
});

test('a value lies between the ends of its axis', () => {
  const scale = trackOf(traces.manyToOneBidirectional)!.scale;
  expect(along(scale, 3)).toBe(0.5);
  expect([along(scale, 0), along(scale, 9)]).toEqual([0, 1]);
});
