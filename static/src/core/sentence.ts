import { inputText } from './layout';
import { percent } from './scales';
import { verdictScale } from './verdict';
import type { Column, Trace } from './wire';

function reading(trace: Trace, column: Column): string {
  const text = inputText(trace, column);
  if (column.x !== null) {
    const unknown = trace.x_labels[column.x]?.note === 'unknown';
    return unknown ? `reads “${text}”, a word that it has never seen` : `reads “${text}”`;
  }
  return column.y_prev === null ? 'reads nothing' : `reads back its own output “${text}”`;
}

function belief(trace: Trace, label: string, p: number): string {
  return trace.network.output === 'identity' ? label : `${label}, ${percent(p)}`;
}

function emitted(trace: Trace, column: Column): string[] {
  const output = column.y === null ? undefined : trace.outputs[column.y];
  if (!output) return [];
  const told = belief(trace, `“${output.label}”`, output.p);
  return [output.forced ? `output ${column.y! + 1} was dictated: ${told}` : `output ${column.y! + 1} is ${told}`];
}

function verdict(trace: Trace, column: Column): string[] {
  const output = column.part === 'encoder' ? trace.running?.[column.step] : undefined;
  if (!output || column.y !== null || !verdictScale(trace)) return [];
  return [`verdict so far ${belief(trace, output.label, output.p)}`];
}

/** Say in one sentence what happens in a step: for screen readers, and for everybody under the picture. */
export function sentenceAt(trace: Trace, step: number, steps: number, column: number): string {
  const place = trace.columns[column];
  if (step === 0 || !place) return `Before step 1 of ${steps}: the state is ${startState(trace)}.`;
  const parts = [reading(trace, place), ...verdict(trace, place), ...emitted(trace, place)];
  return `Step ${step} of ${steps}: ${parts.join('; ')}.`;
}

function startState(trace: Trace): string {
  const zero = trace.layers.every((l) => Object.values(l.initial).every((v) => v.every((x) => x === 0)));
  return zero ? 'zero' : 'what it was told to be';
}
