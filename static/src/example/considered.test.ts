import { describe, expect, test } from 'vitest';
import attention from '../fixtures/attention.json';
import named from '../fixtures/one_to_many.json';
import sentence from '../fixtures/many_to_one.json';
import { focusOn } from '../core/focus';
import type { Trace } from '../core/wire';
import { attentionAt, consideredAt } from './considered';

const [translated, judged, drawn] = [attention, sentence, named].map((t) => t as unknown as Trace) as [
  Trace,
  Trace,
  Trace,
];

describe('what the network considered', () => {
  test('an emitted output shows its alternatives, the chosen one marked', () => {
    const considered = consideredAt(translated, focusOn(translated, translated.T_x + 1))!;
    expect(considered).toMatchObject({ y: 1, emitted: true, probabilities: true });
    expect(considered.bars.find((bar) => bar.strong)?.label).toBe(translated.outputs[1]?.label);
  });

  test('before the end, a network that answers once says what it would answer now', () => {
    expect(consideredAt(judged, focusOn(judged, 2))).toMatchObject({ y: 0, emitted: false });
    expect(consideredAt(judged, focusOn(judged, judged.T_x - 1))?.emitted).toBe(true);
  });

  test('probabilities say that they are those before temperature, where one shaped the draw', () => {
    const noteAt = (temperature: number, method: 'sample' | 'greedy' = 'sample'): string | undefined => {
      const decoding = { method, temperature, seed: 7, width: 4 };
      const outputs = drawn.outputs.map((output) => ({ ...output, forced: false }));
      return consideredAt({ ...drawn, outputs, decoding }, focusOn(drawn, 2))?.note;
    };
    expect(noteAt(0.1)).toBe('before temperature: the draw was made at 0.1');
    expect([noteAt(1), noteAt(0.1, 'greedy')]).toEqual(['', '']);
  });

  test('an encoder column of a translator considers nothing', () => {
    expect(consideredAt(translated, focusOn(translated, 0))).toBeNull();
    expect(attentionAt(translated, focusOn(translated, 0), 'ng')).toBeNull();
  });

  test('the attention of many inputs lists the strongest, in input order', () => {
    const weights = Array.from({ length: 30 }, (_, t) => (t === 20 ? 0.7 : t === 3 ? 0.2 : t === 9 ? 0.099 : 0.00004));
    const long: Trace = { ...translated, attention: translated.outputs.map(() => weights) };
    const bars = attentionAt(long, focusOn(long, long.T_x), 'ng')!;
    expect(bars.map((bar) => bar.place)).toEqual(['x⟨4⟩', 'x⟨10⟩', 'x⟨21⟩']);
    expect(bars.map((bar) => bar.strong)).toEqual([false, false, true]);
  });

  test('the attention that is spread evenly is listed no longer than the strongest', () => {
    const even: Trace = { ...translated, attention: translated.outputs.map(() => Array<number>(36).fill(1 / 36)) };
    expect(attentionAt(even, focusOn(even, even.T_x), 'ng')).toHaveLength(8);
  });

  test('values of a regression are shown as they are', () => {
    const network = { ...judged.network, output: 'identity' as const };
    const [bar] = consideredAt({ ...judged, network }, focusOn(judged, judged.T_x - 1))!.bars;
    expect(bar?.text).not.toContain('%');
  });
});
