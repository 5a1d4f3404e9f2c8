import { inUnit, numberOf } from './said';
import { format, percent } from './scales';
import type { Column, Output, Trace } from './wire';

/** How an answer is followed from step to step on one axis. */
export interface VerdictScale {
  /** What the axis measures. */
  title: string;
  low: number;
  high: number;
  /** The names of its ends. */
  ends: { low: string; high: string };
  read(output: Output): number;
  write(value: number): string;
}

const probability = (output: Output, index: number) => output.alternatives.find((a) => a.index === index)?.p ?? 0;

/** Average the numbers that the classes stand for. */
function expected(output: Output, values: readonly number[]): number {
  const total = output.alternatives.reduce((sum, a) => sum + a.p, 0);
  return output.alternatives.reduce((sum, a) => sum + a.p * (values[a.index] ?? 0), 0) / (total || 1);
}

/** Name the probability of a class, some of which are called by it already; a class's number is no part of its name. */
export const probabilityName = (label: string) =>
  label.startsWith('P(') ? label : `P(${label.replace(/ \(\d+\)$/, '')})`;

/** Follow the probability of one class. */
function probabilityScale(index: number, label: string, ends: VerdictScale['ends']): VerdictScale {
  return { title: probabilityName(label), low: 0, high: 1, ends, read: (o) => probability(o, index), write: percent };
}

/**
 * A regression has no ends of its own: its axis spans the values that come out; where they are the network's own,
 * at least 0 to 1.
 */
function numberScale(outputs: readonly Output[]): VerdictScale {
  const values = outputs.map(numberOf);
  const outside = outputs.some(({ value }) => value !== null);
  const [low, high] = [Math.min(...values, ...(outside ? [] : [0])), Math.max(...values, ...(outside ? [] : [1]))];
  const write = outside ? inUnit : format;
  const title = outputs[0]?.alternatives[0]?.label || 'ŷ';
  return { title, low, high, ends: { low: write(low), high: write(high) }, read: numberOf, write };
}

/** What a network says on the way to its answer: a number goes by its own name (the sum), a class is a verdict. */
export function nounOf({ network }: Pick<Trace, 'network'>, output: Output): string {
  if (network.output !== 'identity') return 'verdict';
  return (network.n_y === 1 && output.alternatives[0]?.label) || 'answer';
}

/**
 * Choose the axis of an answer: the probability of the second of two classes (or of the only one), the expected
 * number where the classes are numbers (stars), the value of a regression, else the probability of the last winner.
 */
function scaleOf(
  { network: { output, n_y }, y_values: values }: Pick<Trace, 'network' | 'y_values'>,
  outputs: readonly Output[],
): VerdictScale | null {
  const final = outputs.at(-1);
  const classes = [...(final?.alternatives ?? [])].sort((a, b) => a.index - b.index);
  const [first, last] = [classes[0], classes.at(-1)];
  if (!final || !first || !last) return null;
  if (output === 'identity') return numberScale(outputs);
  if (n_y <= 2)
    return probabilityScale(last.index, last.label, { low: first === last ? '' : first.label, high: last.label });
  if (!values || classes.length !== n_y)
    return probabilityScale(final.index ?? 0, final.label, { low: '0 %', high: '100 %' });
  const [low, high] = [values[first.index] ?? 0, values[last.index] ?? 0];
  return {
    title: 'expected',
    low,
    high,
    ends: { low: first.label, high: last.label },
    read: (o) => expected(o, values),
    write: (v) => v.toFixed(1),
  };
}

/** A number that is followed from column to column, drawn as a line between the outputs and the states. */
export interface Track {
  scale: VerdictScale;
  /** True where it shows what a network that answers once would say if the input stopped here. */
  running: boolean;
  at(column: Column): Output | undefined;
}

/** Find what can be followed: a running verdict, or outputs that are one probability or one number each. */
export function trackOf(trace: Pick<Trace, 'columns' | 'network' | 'running' | 'outputs' | 'y_values'>): Track | null {
  const { columns, network, running, outputs } = trace;
  if (running && running.length === columns.length) {
    const scale = scaleOf(trace, running);
    return scale && { scale, running: true, at: (column) => running[column.step] };
  }
  const plain = outputs.length > 1 && (network.output !== 'softmax' || network.n_y === 2);
  const scale = plain ? scaleOf(trace, outputs) : null;
  return scale && { scale, running: false, at: ({ y }) => (y === null ? undefined : outputs[y]) };
}

/** Where a value lies between the ends of its axis, 0 to 1. */
export function along({ low, high }: VerdictScale, value: number): number {
  return high === low ? 0.5 : Math.max(0, Math.min(1, (value - low) / (high - low)));
}
