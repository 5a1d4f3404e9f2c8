import { expect, test } from 'vitest';
import { labelled, traces } from '../fixtures';
import { layout } from './layout';
import { sentenceAt } from './sentence';
import { frameAt } from './timeline';
import type { Trace } from './wire';

function told(trace: Trace, step: number): string {
  const scene = layout(trace, { width: 900, height: 400 });
  return sentenceAt(trace, scene.times, frameAt(scene.times, step));
}

test('a step says what is read and what the verdict is so far', () => {
  expect(told(traces.manyToOne, 3)).toMatch(
    /^Step 3 of 9: reads “nothing”; verdict so far “(positive|negative)”, \d+ %\.$/,
  );
  expect(told(traces.manyToOne, 9)).toMatch(/“\.\.\.”, which is not in its vocabulary; output 1 is/);
});

test('a number on its way is told by its own name', () => {
  expect(told(traces.manyToOneNumber, 3)).toMatch(/^Step 3 of 6: reads “c”; sum so far -?\d/);
});

test('a number is told in the unit outside', () => {
  const trace = traces.encoderDecoderNumbers;
  const [first] = trace.outputs;
  expect(told(trace, trace.T_x + 1)).toContain(`output 1 is load = ${Math.round(first!.value! * 10) / 10}`);
});

test('before the first step there is only the state', () => {
  expect(told(traces.manyToOne, 0)).toBe('Before step 1 of 9: the state is zero.');
});

test('a decoder starts from nothing and then reads back its own output', () => {
  expect(told(traces.oneToMany, 1)).toMatch(/reads nothing; output 1 was dictated: “m”/);
  expect(told(traces.oneToMany, 3)).toMatch(/reads the dictated “a”; output 3 is/);
  expect(told(traces.oneToMany, 4)).toMatch(/reads back its own output “[a-z]+”; output 4 is/);
});

test('a word that was replaced before it was read is told with what replaced it', () => {
  const trace: Trace = structuredClone(traces.manyToOne);
  trace.x_labels[0] = labelled('Soooo', { read_as: 'so' });
  expect(told(trace, 1)).toContain('reads “Soooo” as “so”;');
});

test('with two directions the verdict on the way is that on the beginning alone', () => {
  const trace = traces.manyToOneBidirectional;
  const step = trace.T_x * (trace.network.topology.layers - 1) + 2;
  expect(told(trace, step)).toMatch(/; if the input ended after “.+”, the verdict would be “.+”, \d+ %\.$/);
});

test('an output that is one probability is told as that', () => {
  expect(told(traces.manyToManyProbability, 19)).toMatch(/output 1 is P\(coding\) = \d+ %; output 19 is P\(coding\)/);
});

test('two directions read two ends, and outputs follow when both are there', () => {
  expect(told(traces.manyToManyBidirectional, 1)).toBe('Step 1 of 7: forward reads “there”, backward reads “this”.');
  expect(told(traces.manyToManyBidirectional, 5)).toMatch(/output 3 is .*; output 5 is/);
});
