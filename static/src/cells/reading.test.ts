import { describe, expect, test } from 'vitest';
import tagger from '../fixtures/many_to_many_bidirectional.json';
import deep from '../fixtures/many_to_many.json';
import seq2seq from '../fixtures/encoder_decoder.json';
import translated from '../fixtures/attention.json';
import { focusOn } from '../core/focus';
import type { Trace } from '../core/wire';
import { inputOf, readingOf, signOf, titleOf } from './reading';

const [both, layered, attending, plain] = [tagger, deep, translated, seq2seq].map((t) => t as unknown as Trace) as [
  Trace,
  Trace,
  Trace,
  Trace,
];

describe('what a cell reads', () => {
  test('the previous state of a backward layer stands one step to the right', () => {
    const focus = { ...focusOn(both, 2), direction: 'backward' as const };
    const reading = readingOf(both, focus)!;
    const record = both.layers.find((r) => r.direction === 'backward');
    expect(reading.previous['h']).toBe(record?.values['h']?.[3]);
    expect(signOf(reading, 'h', true, 'ng').text).toBe('a←⟨4⟩');
  });

  test('the first state comes after the initial one', () => {
    const reading = readingOf(both, focusOn(both, 0))!;
    expect(reading.previous['h']).toBe(both.layers[0]?.initial['h']);
    expect(signOf(reading, 'h', true, 'ng').text).toBe('a→⟨0⟩');
  });

  test('a decoder behind a bridge starts from a state of its own, without one from the end of its encoder', () => {
    const first = (trace: Trace): string => signOf(readingOf(trace, focusOn(trace, trace.T_x))!, 'h', true, 'ng').text;
    expect(first(attending)).toBe('a⟨start⟩');
    expect(first(plain)).toBe(`a⟨${plain.T_x}⟩`);
    expect(signOf(readingOf(attending, focusOn(attending, attending.T_x + 1))!, 'h', true, 'ng').text).toBe(
      `a⟨${attending.T_x + 1}⟩`,
    );
  });

  test('the second layer reads the first', () => {
    const input = inputOf(layered, { ...focusOn(layered, 1), layer: 1 });
    expect(input.name).toBe('h');
    expect(input.values).toEqual(layered.layers.find((r) => r.layer === 0)?.values['h']?.[1]);
  });

  test('a decoder reads the output before it, and nothing at first', () => {
    const at = (s: number): ReturnType<typeof inputOf> => inputOf(attending, focusOn(attending, attending.T_x + s));
    expect(at(0).name).toBe('nothing');
    expect(at(1)).toMatchObject({ name: 'y_hat', indices: { t: 0 }, label: attending.outputs[0]?.label });
  });

  test('the title names layer and direction only where there are several', () => {
    expect(titleOf(layered, { ...focusOn(layered, 3), layer: 1 })).toBe('RNN cell · layer 2 · t = 4');
    expect(titleOf(both, focusOn(both, 3))).toBe('GRU cell · forward · t = 4');
    expect(titleOf(attending, focusOn(attending, attending.T_x))).toBe(`GRU cell · decoder · t = ${attending.T_x + 1}`);
  });
});
