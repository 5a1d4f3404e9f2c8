import { describe, expect, test } from 'vitest';
import attention from '../fixtures/attention.json';
import bidirectional from '../fixtures/many_to_one_bidirectional.json';
import names from '../fixtures/one_to_many.json';
import { focusOn } from '../core/focus';
import type { Trace } from '../core/wire';
import { sightsAt } from './seen';

const [both, translated, written] = [bidirectional, attention, names].map((t) => t as unknown as Trace) as [Trace, Trace, Trace];

describe('what a state has seen', () => {
  test('a forward state has seen the inputs up to its own', () => {
    const [forward] = sightsAt(both, focusOn(both, 2), 'ng');
    expect(forward?.inputs.map((word) => word.seen)).toEqual(both.x_labels.map((_, t) => t <= 2));
    expect(forward?.sentence).toContain(`a→⟨3⟩ has seen 3 of ${both.T_x} inputs; it cannot know “${both.x_labels[3]?.text}”`);
  });

  test('a backward state at the last step has seen one input', () => {
    const backward = sightsAt(both, focusOn(both, both.T_x - 1), 'ng').find((s) => s.lane.direction === 'backward');
    expect(backward?.inputs.filter((word) => word.seen)).toHaveLength(1);
    expect(backward?.sentence).toContain('or what came before');
  });

  test('a decoder state has seen every input and the outputs fed back so far', () => {
    const [sight] = sightsAt(translated, focusOn(translated, translated.T_x + 2), 'ng');
    expect(sight?.inputs.every((word) => word.seen)).toBe(true);
    expect(sight?.outputs.filter((word) => word.seen)).toHaveLength(2);
  });

  test('the first state of a generator has seen none of its own outputs', () => {
    const [sight] = sightsAt(written, focusOn(written, 0), 'ng');
    expect(sight?.sentence).toBe('a⟨1⟩ has seen none of its own outputs.');
    expect(sight?.inputs).toEqual([]);
  });
});
