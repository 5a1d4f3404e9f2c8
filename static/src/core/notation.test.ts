import { describe, expect, test } from 'vitest';
import { attentionEquations, before, fromOne, equation, shown, symbol } from './notation';

const RNN_H = String.raw`h_t = \tanh(W_{ih} x_t + W_{hh} h_{t-1} + b_h)`;
const GRU_Z = String.raw`z_t = \sigma(W_{iz} x_t + W_{hz} h_{t-1} + b_z)`;
const GRU_N = String.raw`n_t = \tanh(W_{in} x_t + b_{in} + r_t \circ (W_{hn} h_{t-1} + b_{hn}))`;
const GRU_H = String.raw`h_t = (1 - z_t) \circ n_t + z_t \circ h_{t-1}`;
const LSTM_I = String.raw`i_t = \sigma(W_{ii} x_t + W_{hi} h_{t-1} + b_i)`;
const LSTM_C = String.raw`c_t = f_t \circ c_{t-1} + i_t \circ g_t`;

describe('symbols', () => {
  test('the page counts t from 1, and the state before the first step is number 0', () => {
    expect(symbol('h', { t: 2 }, 'ng').text).toBe('a⟨3⟩');
    expect(symbol('h', { t: 2 }, 'pytorch').text).toBe('h₃');
    expect(symbol('h', { t: -1 }, 'ng').text).toBe('a⟨0⟩');
    expect(fromOne(0)).toBe(1);
  });

  test('layers and directions are written only where the network has several', () => {
    expect(symbol('h', { t: 0, layer: 1, direction: 'backward' }, 'ng').text).toBe('a←[2]⟨1⟩');
    expect(symbol('h', { t: 0, layer: 1 }, 'pytorch').text).toBe('h⁽²⁾₁');
    expect(symbol('x', { t: 0, layer: 1, direction: 'backward' }, 'ng').text).toBe('x⟨1⟩');
  });

  test('outputs wear a hat in every notation', () => {
    expect(symbol('y_hat', { t: 3 }, 'ng').text).toBe('ŷ⟨4⟩');
    expect(symbol('y_hat', { t: 3 }, 'keras').text).toBe('ŷ₄');
    expect(symbol('y_hat', { t: 3 }, 'ng').latex).toBe(String.raw`\hat{y}^{\langle 4\rangle}`);
  });

  test('Γ_u names the i of an LSTM and, as 1 - z, the update gate of a GRU', () => {
    expect(symbol('i', { t: 2 }, 'ng').text).toBe('Γᵤ⟨3⟩');
    expect(symbol('z', { t: 2 }, 'ng').text).toBe('Γᵤ⟨3⟩');
    expect([shown('i', 0.3, 'ng'), shown('z', 0.25, 'ng')]).toEqual([0.3, 0.75]);
  });

  test('plain text has no underscores, also where Unicode has no small letter', () => {
    expect(symbol('f', { t: 't' }, 'ng').text).toBe('Γf⟨t⟩');
    expect(symbol('c', { t: 't-1' }, 'pytorch').text).toBe('cₜ₋₁');
    expect(symbol('alpha', { t: '1, t′' }, 'pytorch').text).toBe('α(1, t′)');
  });

  test('Keras keeps h and c, and writes a tilde over each candidate', () => {
    expect(symbol('n', { t: 0 }, 'keras').text).toBe('h̃₁');
    expect(symbol('g', { t: 0 }, 'keras').text).toBe('c̃₁');
    expect(shown('z', 0.25, 'keras')).toBe(0.25);
  });

  test('a backward state comes from the step to its right', () => {
    expect(before({ t: 4, direction: 'backward' }).t).toBe(5);
    expect(before({ t: 't' }).t).toBe('t-1');
  });
});

describe('equations', () => {
  test("in PyTorch's notation the recorded equation stays as it is", () => {
    for (const latex of [RNN_H, GRU_Z, GRU_N, GRU_H, LSTM_C]) {
      expect(equation(latex, 'pytorch').replaceAll(/_\{(.)\}/g, '_$1')).toBe(latex);
    }
  });

  test('the plain unit reads W_aa a + W_ax x, as in the lectures', () => {
    expect(equation(RNN_H, 'ng')).toBe(
      String.raw`a^{\langle t\rangle} = \tanh(W_{ax} x^{\langle t\rangle} + W_{aa} a^{\langle t-1\rangle} + b_{a})`,
    );
  });

  test('gru update gate: z multiplies the old state, Γ_u = 1 - z the candidate', () => {
    expect(equation(GRU_Z, 'ng')).toMatch(/^\\Gamma_u = 1 - \\sigma\(W_\{zx\}/);
    expect(equation(GRU_H, 'ng')).toBe(
      String.raw`a^{\langle t\rangle} = \Gamma_u \circ \tilde{c}^{\langle t\rangle} + (1 - \Gamma_u) \circ a^{\langle t-1\rangle}`,
    );
    expect(equation(GRU_H, 'keras')).toBe(String.raw`h_{t} = (1 - z_{t}) \circ \tilde{h}_{t} + z_{t} \circ h_{t-1}`);
  });

  test('gru reset gate acts after the hidden product, in every notation', () => {
    expect(equation(GRU_N, 'ng')).toContain(String.raw`\Gamma_r \circ (W_{ca} a^{\langle t-1\rangle} + b_{ca})`);
    expect(equation(GRU_N, 'keras')).toContain(String.raw`r_{t} \circ (U_{h} h_{t-1} + b'_{h})`);
  });

  test('lstm keeps i as its own gate: no 1 - appears', () => {
    expect(equation(LSTM_I, 'ng')).toMatch(/^\\Gamma_u = \\sigma\(W_\{ux\}/);
    expect(equation(LSTM_C, 'ng')).toContain(
      String.raw`\Gamma_f \circ c^{\langle t-1\rangle} + \Gamma_u \circ \tilde{c}`,
    );
  });

  test('a peephole is a weight, and no value of a step', () => {
    const latex = String.raw`o_t = \sigma(p_o \circ c_t + b_o)`;
    expect(equation(latex, 'pytorch')).toBe(String.raw`o_{t} = \sigma(p_{o} \circ c_{t} + b_{o})`);
    expect(equation(String.raw`i_t = \sigma(p_i \circ c_{t-1})`, 'ng')).toContain(String.raw`p_{u} \circ c^{`);
  });

  test('above the first layer the input is the state of the layer below', () => {
    expect(equation(RNN_H, 'ng', { layer: 1 })).toContain(String.raw`W_{ax} a^{[1]\langle t\rangle}`);
    expect(equation(RNN_H, 'ng', { layer: 0 })).toContain(String.raw`W_{ax} x^{\langle t\rangle}`);
  });

  test('a backward layer reads t + 1', () => {
    expect(equation(LSTM_C, 'pytorch', { direction: 'backward' })).toContain(String.raw`\overleftarrow{c}_{t+1}`);
    expect(equation(LSTM_C, 'pytorch', { direction: 'backward' })).not.toContain('t-1');
  });

  test('the first layer of a decoder reads its last output, the layers above the states below', () => {
    expect(equation(RNN_H, 'ng', {}, true)).toContain(String.raw`W_{ax} \hat{y}^{\langle \text{prev}\rangle}`);
    expect(equation(RNN_H, 'ng', { layer: 1 }, true)).toContain(String.raw`W_{ax} a^{[1]`);
  });

  test('attention is written with the score that ran', () => {
    expect(attentionEquations('dot', 'ng')[0]).toContain(String.raw`\bar{a}^{\langle t'\rangle} / \sqrt{m}`);
    expect(attentionEquations('additive', 'pytorch')[0]).toContain(String.raw`\tanh(W_\alpha h_{t}`);
  });
});
