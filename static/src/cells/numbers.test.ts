import { describe, expect, test } from 'vitest';
import { decimals } from '../core/scales';
import { calculate, worked, workedBack, type Lookup } from './numbers';

const GRU_H = String.raw`h_t = (1 - z_t) \circ n_t + z_t \circ h_{t-1}`;
const LSTM_H = String.raw`h_t = o_t \circ \tanh(c_t)`;
const LSTM_C = String.raw`c_t = f_t \circ c_{t-1} + i_t \circ g_t`;

const gru: Lookup = (name, previous) => (previous ? { h: -0.12 } : { z: 0.31, n: -0.64 })[name as 'h' & 'z'];

describe('the worked equation', () => {
  test('puts the numbers in the order of the equation', () => {
    const { right, result, agrees } = worked(GRU_H, -0.4788, 'pytorch', gru)!;
    expect(right).toBe('(1 − 0.31)·(−0.64) + 0.31·(−0.12)');
    expect([result, agrees]).toEqual(['−0.48', true]);
  });

  test("in Ng's notation Γ_u is 1 - z, and the result stays the same", () => {
    const { right, result } = worked(GRU_H, -0.4788, 'ng', gru)!;
    expect(right).toBe('0.69·(−0.64) + (1 − 0.69)·(−0.12)');
    expect(result).toBe('−0.48');
  });

  test('takes more decimals until a calculator agrees with the rounded result', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const onWire = (value: number): number => Number(value.toPrecision(4));
    const lines = Array.from({ length: 300 }, () => {
      const [f, c, i, g] = [random(), 4 * random() - 2, random(), 2 * random() - 1].map(onWire) as [
        number,
        number,
        number,
        number,
      ];
      const lookup: Lookup = (name, previous) => (previous ? { c } : { f, i, g })[name as 'c' & 'f'];
      return worked(LSTM_C, onWire(f * c + i * g), 'keras', lookup)!;
    });
    const equal = lines.filter((line) => line.sign === '=');
    expect(equal.length).toBeGreaterThan(295);
    for (const { right, result } of equal)
      expect(decimals(calculate(right), result.split('.')[1]!.length)).toBe(result);
  });

  test('does not round away a number that the page shows', () => {
    const line = worked(LSTM_C, 0.0012, 'pytorch', (name, previous) => (previous ? 0 : name === 'g' ? -0.004 : -0.3))!;
    expect(line.right).toContain('(−0.004)');
    expect(line.result).toBe('0.001');
    expect(workedBack(-0.0014).result).toBe('−0.0014');
  });

  test('keeps tanh as a function', () => {
    const line = worked(LSTM_H, 0.5 * Math.tanh(-1.2), 'pytorch', (name) => (name === 'o' ? 0.5 : -1.2))!;
    expect(line.right).toMatch(/^0\.50*·tanh\(−1\.20*\)$/);
    expect(line.agrees).toBe(true);
  });

  test('says when the recorded number is not what the equation gives', () => {
    expect(worked(GRU_H, 1, 'pytorch', gru)?.agrees).toBe(false);
    expect(worked(String.raw`h_t = \tanh(W_{ih} x_t + b_h)`, 0.2, 'ng', gru)).toBeNull();
  });

  test('works the sum inside tanh back from its result', () => {
    expect(workedBack(-0.48)).toMatchObject({ right: 'tanh(−0.523)', result: '−0.48' });
    expect(workedBack(0.99999).right).toBe('tanh(above 4)');
  });
});

test('calculate knows brackets, signs and the order of operations', () => {
  expect(calculate('(1 − 0.5)·(−2) + 3·0.5')).toBeCloseTo(0.5);
  expect(calculate('0.5·tanh(−1)')).toBeCloseTo(0.5 * Math.tanh(-1));
});
