import { describe, expect, test } from 'vitest';
import attention from '../fixtures/attention.json';
import bidirectional from '../fixtures/many_to_one_bidirectional.json';
import names from '../fixtures/one_to_many.json';
import { focusOn } from '../core/focus';
import type { Trace } from '../core/wire';
import { sightsAt, wordsOf } from './seen';

const [both, translated, written] = [bidirectional, attention, names].map((t) => t as unknown as Trace) as [
  Trace,
  Trace,
  Trace,
];

describe('what a state has seen', () => {
  test('a forward state has seen the inputs up to its own', () => {
    const [forward] = sightsAt(both, focusOn(both, 2), 'ng');
    expect(forward?.inputs).toEqual([0, 3]);
    expect(forward?.sentence).toContain(
      `a→⟨3⟩ has seen 3 of ${both.T_x} inputs; it cannot know “${both.x_labels[3]?.text}”`,
    );
  });

  test('a backward state at the last step has seen one input', () => {
    const backward = sightsAt(both, focusOn(both, both.T_x - 1), 'ng').find((s) => s.lane.direction === 'backward');
    expect(backward?.inputs).toEqual([both.T_x - 1, both.T_x]);
    expect(backward?.sentence).toContain('or what came before');
  });

  test('a decoder state has seen every input and the outputs fed back so far', () => {
    const [sight] = sightsAt(translated, focusOn(translated, translated.T_x + 2), 'ng');
    expect(sight).toMatchObject({ inputs: [0, translated.T_x], outputs: [0, 2] });
    expect(wordsOf(translated, 'y_prev').map((word) => word.text)).toEqual(
      translated.outputs.slice(0, -1).map((y) => y.label),
    );
  });

  test('the first state of a generator has seen none of its own outputs', () => {
    const [sight] = sightsAt(written, focusOn(written, 0), 'ng');
    expect(sight?.sentence).toBe('a⟨1⟩ has seen none of its own outputs.');
    expect(wordsOf(written, 'x')).toEqual([]);
  });
});
