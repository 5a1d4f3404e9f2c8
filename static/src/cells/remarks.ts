import type { Focus } from '../core/focus';
import { symbol, type Notation } from '../core/notation';
import type { Trace } from '../core/wire';
import { hasBridge } from './reading';

/**
 * Say where the notation on the page and the numbers in code part ways, in a line each: what multiplies the old
 * state, where the reset gate acts, what t counts from, which way a backward layer runs, how the biases are added.
 */
export function remarks(trace: Trace, focus: Focus, notation: Notation): string[] {
  const { cell, topology } = trace.network;
  const name = (value: string): string => symbol(value, {}, notation).text;
  const lines: string[] = [];
  if (cell.kind === 'gru') lines.push(updateGate(notation), resetGate(name));
  if (cell.kind === 'lstm' && notation === 'ng') {
    lines.push('Γᵤ is PyTorch’s i here; the Γᵤ of a GRU is another quantity, 1 − z.');
  }
  if (focus.part === 'decoder' && focus.layer === 0) lines.push(readsItself(notation));
  if (focus.part === 'decoder' && hasBridge(trace)) {
    lines.push('A learned layer, the bridge, makes the first state of the decoder out of both ends of the encoder.');
  }
  if (focus.direction === 'backward') {
    lines.push(`This direction starts at t = ${trace.T_x} and runs to the left: its previous state stands at t + 1.`);
  }
  if (topology.directions === 2 && topology.parts.length === 1 && !topology.answers_each_step)
    lines.push(`The answer reads the end of each direction: ${ends(trace, notation).join(' and ')}.`);
  lines.push(biases(cell.kind, name));
  lines.push(timeInCode(trace, focus));
  return lines;
}

type Remembered = Pick<Trace, 'network' | 'T_x' | 'x' | 'places'>;

/** Say what attention looks at, and how large it is. */
export function memoryRemark({ network, T_x, x, places }: Remembered, notation: Notation): string {
  if (places) {
    const one = symbol('x', { t: 0 }, notation).text;
    return `x̄ is one of ${places.length} places of the input, mapped to m = ${x[0]?.length ?? 0} numbers; ${one} is their mean.`;
  }
  const [states, m] = [symbol('h', { t: 't′' }, notation).text, network.topology.directions * network.hidden];
  const both = network.topology.directions === 2 ? `${states} of both directions, joined` : `${states} of the encoder`;
  return `The barred state is ${both}; it has m = ${m} numbers. ${symbol('h', { t: 't' }, notation).text} itself is computed without the context; output s is written at t = ${T_x} + s.`;
}

/** Say the one thing in a line that must not be missed beside the equations; empty where there is none. */
export function caption(trace: Trace, focus: Focus, notation: Notation): string {
  const { kind } = trace.network.cell;
  if (!trace.network.topology.carries)
    return `one step: ${symbol('h', { t: -1 }, notation).text} is zero, so what it is multiplied by is never used`;
  const name = (value: string): string => symbol(value, {}, notation).text;
  const gates = notation === 'ng' ? 'Γᵤ = 1 − PyTorch’s z' : 'z keeps the old state';
  const parts = [
    ...(kind === 'gru' ? [gates, `${name('r')} acts after the hidden product`] : []),
    ...(kind === 'lstm' && notation === 'ng' ? ['Γᵤ = PyTorch’s i'] : []),
    ...(focus.direction === 'backward' ? ['read from right to left'] : []),
    ...(hasBridge(trace) && focus.column === trace.T_x ? [bridge(trace, notation)] : []),
  ];
  return parts.join(' · ');
}

function updateGate(notation: Notation): string {
  if (notation === 'ng') return 'Γᵤ lets the new candidate in. PyTorch computes z = 1 − Γᵤ, which keeps the old state.';
  const other = notation === 'keras' ? 'as in PyTorch; the' : 'the';
  return `z keeps the old state, ${other} lectures’ Γᵤ = 1 − z lets the new candidate in.`;
}

function resetGate(name: (value: string) => string): string {
  return `${name('r')} acts after the hidden product, as PyTorch computes it; many lectures multiply the state first.`;
}

function readsItself(notation: Notation): string {
  const y = symbol('y_hat', { t: 'prev' }, notation).text;
  return `A decoder reads its own last output, ${y}, or zeros at its first step. A cell of PyTorch calls whatever it reads x.`;
}

/** Name where a bidirectional encoder ends: on the right, and read backward on the left. */
function ends(trace: Trace, notation: Notation): [string, string] {
  const last = symbol('h', { t: trace.T_x - 1, direction: 'forward' }, notation).text;
  return [last, symbol('h', { t: 0, direction: 'backward' }, notation).text];
}

function bridge(trace: Trace, notation: Notation): string {
  const start = symbol('h', { t: 'start' }, notation).text;
  return `${start} = tanh(W [${ends(trace, notation).join('; ')}] + b), the bridge from the encoder`;
}

function biases(kind: Trace['network']['cell']['kind'], name: (value: string) => string): string {
  const exception = kind === 'gru' ? `, except in ${name('n')}, where ${name('r')} separates them` : '';
  return `There are two biases for each line, as PyTorch keeps them; b is their sum${exception}.`;
}

function timeInCode(trace: Trace, focus: Focus): string {
  const step = trace.columns[focus.column]?.step ?? 0;
  const part = trace.network.topology.parts.length > 1 ? `${focus.part} ` : '';
  return `The page counts steps, layers and units from 1; in code this is row ${step} of the ${part}states.`;
}
