import type { Bar } from '../charts/Bars.svelte';
import type { Focus } from '../core/focus';
import { symbol, type Notation } from '../core/notation';
import { beforeTemperature, said } from '../core/said';
import { alike, percent } from '../core/scales';
import { HIDDEN, isHidden } from '../core/veil';
import type { Output, Trace } from '../core/wire';

export interface Considered {
  /** The output step, from 0. */
  y: number;
  /** False where the network would only have answered, had it stopped at this column. */
  emitted: boolean;
  /** True where the bars are probabilities, in [0, 1]. */
  probabilities: boolean;
  bars: Bar[];
  note: string;
  /** True behind the veil: the bars stand empty. */
  awaited: boolean;
}

/**
 * Collect what the network weighed at the column in focus: an output, a verdict in passing, or nothing. Behind the veil
 * there are as many bars, empty.
 */
export function consideredAt(trace: Trace, focus: Focus): Considered | null {
  const column = trace.columns[focus.column];
  if (!column) return null;
  const emitted = column.y !== null;
  const output = column.y !== null ? trace.outputs[column.y] : trace.running?.[column.step];
  if (!output) return null;
  const probabilities = trace.network.output !== 'identity';
  const bars = barsOf(output, probabilities);
  const notes = [
    output.forced ? 'dictated, not chosen by the network' : beforeTemperature(trace),
    outside(trace, output),
  ];
  return {
    y: column.y ?? 0,
    emitted,
    probabilities,
    bars,
    note: notes.filter(Boolean).join('; '),
    awaited: isHidden(output),
  };
}

/** Say what the network's own number means to the visitor, where he measures in another unit; else ''. */
function outside({ unit }: Trace, output: Output): string {
  return output.value === null ? '' : `the network’s own number; it means ${said(output)}${unit ? `, in ${unit}` : ''}`;
}

function barsOf(output: Output, probabilities: boolean): Bar[] {
  const number = probabilities ? percent : alike(output.alternatives.map(({ p }) => p));
  const write = isHidden(output) ? () => HIDDEN : number; // the bars keep their place while they are awaited
  return output.alternatives.map(({ index, label, p }) => ({
    label,
    value: p,
    text: write(p),
    strong: index === output.index,
  }));
}

const FEW = 8; // inputs that are listed whole
const SLIGHT = 0.005;

/** Collect where a decoder column looks, in order: every input or place, or the strongest where there are many. */
export function attentionAt(trace: Trace, focus: Focus, notation: Notation): Bar[] | null {
  const y = trace.columns[focus.column]?.y;
  const weights = y === null || y === undefined ? undefined : trace.attention?.[y];
  if (!weights?.length) return null;
  const order = weights.map((_, t) => t).sort((a, b) => weights[b]! - weights[a]!); // equal ones stay as they came
  const strongest = new Set(order.slice(0, FEW));
  const highest = Math.max(...weights);
  return weights
    .map((value, t) => ({
      label: (trace.places ?? trace.x_labels)[t]?.text ?? '',
      place: trace.places ? '' : symbol('x', { t }, notation).text,
      value,
      text: percent(value),
      strong: value === highest,
    }))
    .filter(({ value }, t) => weights.length <= FEW || (strongest.has(t) && value >= SLIGHT));
}
