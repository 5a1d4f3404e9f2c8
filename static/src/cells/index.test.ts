import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import openapi from '../../../docs/openapi.json';
import deep from '../fixtures/many_to_many_bidirectional.json';
import written from '../fixtures/one_to_many.json';
import seeing from '../fixtures/many_to_many_peephole.json';
import plain from '../fixtures/one_to_one.json';
import { cellTraces } from '../fixtures';
import { focusOn } from '../core/focus';
import type { Trace } from '../core/wire';
import { drawingOf, drawings } from './index';
import { kindOf, kinds } from './kinds';
import { extentsOf, readingOf, titleOf } from './reading';

async function markup(recorded: unknown, kind: string, column = 0): Promise<string> {
  const trace = recorded as Trace;
  const focus = focusOn(trace, column);
  const reading = readingOf(trace, focus)!;
  const values = trace.network.cell.values;
  const ignore = (): void => undefined;
  const { default: Drawing } = await drawingOf(kind)();
  return render(Drawing, {
    props: {
      values,
      reading,
      extents: extentsOf(trace, focus),
      notation: 'pytorch',
      theme: 'light',
      unit: 3,
      onhover: ignore,
      onpick: ignore,
    },
  }).body;
}

describe('the drawings of cells', () => {
  test('every kind of cell of the library has a name, and every drawing is of one', () => {
    expect(Object.keys(kinds).sort()).toEqual(
      [...openapi.components.schemas.CellRecord.properties.kind.examples].sort(),
    );
    expect(Object.keys(drawings).filter((kind) => !(kind in kinds))).toEqual([]);
    expect(kindOf('liquid')).toBe('liquid');
  });

  test('a kind without a drawing is shown as a list of strips', async () => {
    const body = await markup(plain, 'liquid');
    expect(body).toContain('h');
    expect(body).not.toContain('tanh');
  });

  test('a cell that has no drawing shows every value, under its own name', async () => {
    const body = await markup(seeing, 'one of my own', 2);
    for (const heard of ['x₃', 'h→₂', 'c→₂', 'i', 'f', 'g', 'c→₃', 'o', 'h→₃']) expect(body).toContain(`>${heard}<`);
    expect(titleOf(seeing as unknown as Trace, focusOn(seeing as unknown as Trace, 2))).toContain('Peephole LSTM cell');
  });

  test('each drawing names all values of its cell and both sides of its state', async () => {
    const lstm = await markup(written, 'lstm', 2);
    for (const heard of ['i', 'f', 'g', 'o', 'c₃', 'c₂', 'h₃', 'h₂']) expect(lstm).toContain(`>${heard}<`);
    const gru = await markup(deep, 'gru', 2);
    for (const heard of ['r', 'z', 'n', 'x₃']) expect(gru).toContain(`>${heard}<`);
    const mgu = await markup(cellTraces.mgu, 'mgu', 2);
    for (const heard of ['f', 'n', 'x₃', 'h₂', 'h₃']) expect(mgu).toContain(`>${heard}<`);
    expect(await markup(cellTraces.rnnRelu, 'rnn_relu', 2)).toContain('>ReLU<');
  });

  test('a decoder that starts from nothing says so', async () => {
    expect(await markup(written, 'lstm', 0)).toContain('0, nothing');
    expect(await markup(written, 'lstm', 1)).not.toContain('0, nothing');
  });
});
