import { describe, expect, test } from 'vitest';
import type { Trace } from '../core/wire';
import { traces } from '../fixtures';
import { textOf, writesOn, writingOf, writtenIn } from './growing';
import { graphOf } from '../core/graph';
import { timetableOf } from '../core/timeline';
import { veiled } from '../core/veil';

describe('a text that grows', () => {
  test('decoders write on, other networks do not', () => {
    expect([writesOn(traces.attention), writesOn(traces.oneToMany)]).toEqual([true, true]);
    expect([writesOn(traces.manyToOne), writesOn(traces.manyToMany)]).toEqual([false, false]);
  });

  test('the choice comes first, then the runners-up, the likeliest first', () => {
    for (const { y, candidates } of writingOf(traces.oneToMany)) {
      expect(candidates[0]).toMatchObject({ label: traces.oneToMany.outputs[y]?.label, chosen: true });
      const others = candidates.slice(1).map((candidate) => candidate.p);
      expect(others).toEqual(others.toSorted((a, b) => b - a));
      expect(candidates.filter((candidate) => candidate.label === candidates[0]?.label)).toHaveLength(1);
    }
  });

  test('nothing is written while the input is read, everything at the end', () => {
    const at = (step: number) => veiled(traces.attention, timetableOf(graphOf(traces.attention)), step);
    expect(writtenIn(at(traces.attention.T_x))).toBe(0);
    expect(writtenIn(at(traces.attention.T_x + 1))).toBe(1);
    expect(writtenIn(traces.attention)).toBe(traces.attention.T_y);
  });

  test('words, letters and pieces are joined as they are read', () => {
    const { network, outputs } = traces.attention;
    const said = (words: string, writes: Trace['writes']) =>
      textOf(
        {
          network: { ...network, end: 99 },
          writes,
          outputs: words.split(' ').map((label) => ({ ...outputs[0]!, label, index: label === '⟨end⟩' ? 99 : 0 })),
        },
        20,
      );
    expect(said('do you sing ? ⟨end⟩', 'words')).toBe('do you sing?');
    expect(said('I do', 'words')).toBe('I do');
    expect(said('2 0 2 1 - 0 5 ⟨end⟩', 'characters')).toBe('2021-05');
    expect(said('a ␣ b', 'characters')).toBe('a b');
    expect(said('▁Do ▁you ▁sing s ?', 'pieces')).toBe('Do you sings?');
  });
});
