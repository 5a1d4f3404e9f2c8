import { expect, test } from 'vitest';
import { traces } from '../fixtures';
import { along, verdictScale } from './verdict';
import type { Trace } from './wire';

test('two classes are followed by the probability of the second', () => {
  const trace = traces.manyToOne;
  const scale = verdictScale(trace)!;
  const first = trace.running![0]!;
  expect(scale.title).toBe('P(positive)');
  expect(scale.read(first)).toBe(first.alternatives.find((a) => a.label === 'positive')!.p);
});

test('stars are followed by their expected number', () => {
  const trace = traces.manyToOneBidirectional;
  const scale = verdictScale(trace)!;
  const last = trace.running!.at(-1)!;
  const mean = last.alternatives.reduce((sum, a) => sum + a.p * Number(a.label[0]), 0);
  expect([scale.low, scale.high]).toEqual([1, 5]);
  expect(scale.read(last)).toBeCloseTo(mean, 2);
});

test('other classes are followed by the probability of the one that wins', () => {
  const trace: Trace = structuredClone(traces.manyToOneBidirectional);
  for (const output of trace.running!) for (const a of output.alternatives) a.label = 'abcde'[a.index]!;
  const scale = verdictScale(trace)!;
  expect(scale.read(trace.running!.at(-1)!)).toBe(trace.running!.at(-1)!.p);
});

test('only a network that answers once has a running verdict', () => {
  expect(verdictScale(traces.oneToMany)).toBeNull();
  expect(verdictScale(traces.manyToMany)).toBeNull();
});

test('a value lies between the ends of its axis', () => {
  const scale = verdictScale(traces.manyToOneBidirectional)!;
  expect(along(scale, 3)).toBe(0.5);
  expect([along(scale, 0), along(scale, 9)]).toEqual([0, 1]);
});
