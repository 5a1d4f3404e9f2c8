import { format, percent } from './scales';
import type { Output, Trace } from './wire';

/** How the answer of a network that answers once, at the end, is followed from step to step on one axis. */
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

const numberIn = (label: string) => Number(/-?\d+(\.\d+)?/.exec(label)?.[0] ?? NaN);

const probability = (output: Output, index: number) => output.alternatives.find((a) => a.index === index)?.p ?? 0;

function expected(output: Output): number {
  const total = output.alternatives.reduce((sum, a) => sum + a.p, 0);
  return output.alternatives.reduce((sum, a) => sum + a.p * numberIn(a.label), 0) / (total || 1);
}

/** Follow the probability of one class. */
function probabilityScale(index: number, label: string, ends: VerdictScale['ends']): VerdictScale {
  return { title: `P(${label})`, low: 0, high: 1, ends, read: (o) => probability(o, index), write: percent };
}

function numberScale(running: readonly Output[]): VerdictScale {
  const read = (o: Output) => o.alternatives[0]?.p ?? 0;
  const values = running.map(read);
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
  return { title: 'ŷ', low, high, ends: { low: format(low), high: format(high) }, read, write: format };
}

/**
 * Choose the axis of the running verdict: the probability of the second of two classes, the expected number where
 * the classes are numbers (stars), the value of a regression, else the probability of the class that wins.
 */
export function verdictScale(trace: Trace): VerdictScale | null {
  const final = trace.running?.at(-1);
  if (!trace.running || !final) return null;
  if (trace.network.output === 'identity') return numberScale(trace.running);
  const classes = [...final.alternatives].sort((a, b) => a.index - b.index);
  const [first, last] = [classes[0], classes.at(-1)];
  if (!first || !last) return null;
  if (trace.network.n_y <= 2) return probabilityScale(last.index, last.label, { low: first === last ? '' : first.label, high: last.label });
  const numbered = classes.length === trace.network.n_y && classes.every((c) => Number.isFinite(numberIn(c.label)));
  if (!numbered) return probabilityScale(final.index ?? 0, final.label, { low: '0 %', high: '100 %' });
  const [low, high] = [numberIn(first.label), numberIn(last.label)];
  return { title: 'expected', low, high, ends: { low: first.label, high: last.label }, read: expected, write: (v) => v.toFixed(1) };
}

/** Where a value lies between the ends of its axis, 0 to 1. */
export function along({ low, high }: VerdictScale, value: number): number {
  return high === low ? 0.5 : Math.max(0, Math.min(1, (value - low) / (high - low)));
}
