import type { Focus } from '../core/focus';
import { format, percent } from '../core/scales';
import type { Output, Trace } from '../core/wire';

export interface Bar {
  label: string;
  value: number;
  text: string;
  /** True for the one that was chosen. */
  strong: boolean;
}

export interface Considered {
  /** The output step, from 0. */
  y: number;
  /** False where the network would only have answered, had it stopped at this column. */
  emitted: boolean;
  /** True where the bars are probabilities, in [0, 1]. */
  probabilities: boolean;
  bars: Bar[];
  note: string;
}

/** Collect what the network weighed at the column in focus: an output, a verdict in passing, or nothing. */
export function consideredAt(trace: Trace, focus: Focus): Considered | null {
  const column = trace.columns[focus.column];
  if (!column) return null;
  const emitted = column.y !== null;
  const output = column.y !== null ? trace.outputs[column.y] : trace.running?.[column.step];
  if (!output) return null;
  const probabilities = trace.network.output !== 'identity';
  const bars = barsOf(output, probabilities);
  return { y: column.y ?? 0, emitted, probabilities, bars, note: output.forced ? 'dictated, not chosen by the network' : '' };
}

function barsOf(output: Output, probabilities: boolean): Bar[] {
  return output.alternatives.map(({ index, label, p }) => ({
    label,
    value: p,
    text: probabilities ? percent(p) : format(p),
    strong: index === output.index,
  }));
}

/** Collect where a decoder column looks: every input, or the strongest where there are many, in input order. */
export function attentionAt(trace: Trace, focus: Focus, most = 10): Bar[] | null {
  const y = trace.columns[focus.column]?.y;
  const weights = y === null || y === undefined ? undefined : trace.attention?.[y];
  if (!weights) return null;
  const threshold = [...weights].sort((a, b) => b - a)[most - 1] ?? 0;
  const highest = Math.max(...weights);
  return weights
    .map((value, t) => ({ label: trace.x_labels[t]?.text ?? '', value, text: percent(value), strong: value === highest }))
    .filter(({ value }) => weights.length <= most || value >= threshold)
    .slice(0, most);
}
