import { describe, expect, test } from 'vitest';
import attention from '../fixtures/attention.json';
import bidirectional from '../fixtures/many_to_one_bidirectional.json';
import { focusOn } from '../core/focus';
import type { Trace } from '../core/wire';
import { caption, remarks } from './remarks';

const recorded = bidirectional as unknown as Trace;

function withCell(kind: 'rnn' | 'gru' | 'lstm'): Trace {
  const { network } = recorded;
  return { ...recorded, network: { ...network, cell: { ...network.cell, kind } } };
}

const focus = { ...focusOn(recorded, 2), layer: 0 };

describe('the lines that warn of differences', () => {
  test('a gru says what its update gate multiplies, in every notation', () => {
    expect(remarks(withCell('gru'), focus, 'ng')[0]).toContain('z = 1 − Γᵤ, which keeps the old state');
    expect(remarks(withCell('gru'), focus, 'pytorch')[0]).toMatch(/^z keeps the old state/);
    expect(remarks(withCell('rnn'), focus, 'ng').join()).not.toContain('Γᵤ');
  });

  test('a gru says that its reset gate acts after the hidden product', () => {
    expect(remarks(withCell('gru'), focus, 'keras')[1]).toContain('r acts after the hidden product');
    expect(remarks(withCell('lstm'), focus, 'ng').join()).not.toContain('hidden product');
  });

  test('an lstm says that its Γᵤ is not that of a gru', () => {
    expect(remarks(withCell('lstm'), focus, 'ng')[0]).toContain('PyTorch’s i');
    expect(remarks(withCell('lstm'), focus, 'pytorch')[0]).not.toContain('PyTorch’s i');
  });

  test('a backward layer says where it starts, and the answer where it reads', () => {
    const lines = remarks(withCell('rnn'), { ...focus, direction: 'backward' }, 'ng');
    expect(lines[0]).toContain(`starts at t = ${recorded.T_x}`);
    expect(lines[1]).toContain(`a→⟨${recorded.T_x}⟩ and a←⟨1⟩`);
  });

  test('a decoder says that it reads its own output', () => {
    expect(remarks(recorded, { ...focus, part: 'decoder' }, 'ng').join()).toContain('its own last output, ŷ⟨prev⟩');
    expect(remarks(recorded, focus, 'ng').join()).not.toContain('its own last output');
  });

  test('a bridge between encoder and decoder is named, where the decoder starts in full', () => {
    const translated = attention as unknown as Trace;
    const [start, later] = [0, 1].map((s) => caption(translated, focusOn(translated, translated.T_x + s), 'ng'));
    expect(start).toContain(`a⟨start⟩ = tanh(W [a→⟨${translated.T_x}⟩; a←⟨1⟩] + b), the bridge`);
    expect(later).not.toContain('bridge');
    expect(remarks(translated, focusOn(translated, translated.T_x + 1), 'ng').join()).toContain('bridge');
  });

  test('what must not be missed stands in one line beside the equations', () => {
    expect(caption(withCell('gru'), focus, 'ng')).toBe('Γᵤ = 1 − PyTorch’s z · Γᵣ acts after the hidden product');
    expect(caption(withCell('lstm'), { ...focus, direction: 'backward' }, 'ng')).toBe(
      'Γᵤ = PyTorch’s i · read from right to left',
    );
    expect(caption(withCell('rnn'), focus, 'keras')).toBe('');
  });

  test('the row in code is one less than t', () => {
    expect(remarks(recorded, focus, 'ng').at(-1)).toBe(
      'The page counts steps, layers and units from 1; in code this is row 2 of the states.',
    );
  });
});
