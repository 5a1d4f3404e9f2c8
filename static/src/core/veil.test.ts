import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { graphOf } from './graph';
import { progressOf, stepCount, timetableOf } from './timeline';
import { isHidden, veiled } from './veil';

describe.each(Object.entries(traces))('behind the veil of %s', (_, trace) => {
  const times = timetableOf(graphOf(trace));
  const playheads = Array.from({ length: 23 }, (_, i) => (i * stepCount(trace)) / 22);

  test('exactly what the playhead has not reached is hidden', () => {
    for (const playhead of playheads) {
      const shown = veiled(trace, times, playhead);
      const come = (id: string) => progressOf({ times, playhead }, id) > 0;
      expect(shown.outputs.map(isHidden)).toEqual(trace.outputs.map((_, y) => !come(`y.${y}`)));
      for (const { part, layer, direction, values } of shown.layers) {
        const columns = trace.columns.filter((column) => column.part === part);
        expect(values['h']?.map((row) => row.length > 0)).toEqual(
          columns.map(({ t }) => come(`h.${t}.${layer}.${direction}`)),
        );
      }
    }
  });

  test('nothing is known before the first step, and all of it at the end', () => {
    const before = veiled(trace, times, 0);
    expect(before.outputs.every(isHidden)).toBe(true);
    expect(before.answer).toBe('');
    expect(veiled(trace, times, stepCount(trace))).toBe(trace);
  });
});
