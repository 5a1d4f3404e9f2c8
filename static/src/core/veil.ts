import { type Timetable, progress } from './timeline';
import type { Output, Trace } from './wire';

/** What stands where the playhead has not been: the label of an output that is to come. */
export const HIDDEN = '…';

const FEW = 8; // classes that are named by the picture anyhow, as the ends of an axis or the colours of a chart

/** Say whether an output is still to come. */
export const isHidden = (output: Pick<Output, 'label'> | undefined): boolean => output?.label === HIDDEN;

const beginnings = new WeakMap<Timetable, readonly number[]>();

/** The instants at which something is computed, in order; what is read is there from the start. */
function beginningsOf(times: Timetable): readonly number[] {
  const known = beginnings.get(times);
  if (known) return known;
  const starts = [...times.items].filter(([id]) => !/^(in|initial)\./.test(id)).map(([, { start }]) => start);
  const sorted = [...new Set(starts)].sort((a, b) => a - b);
  beginnings.set(times, sorted);
  return sorted;
}

/** Round an instant up to where something next begins: a trace seen through the veil changes there, and only there. */
export function reachAt(times: Timetable, playhead: number): number {
  const all = beginningsOf(times);
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] ?? Infinity) < playhead) low = middle + 1;
    else high = middle;
  }
  return all[low] ?? Infinity;
}

const hidden = new WeakMap<Output, Output>(); // the same object every time: what shows it need not be drawn again

/** Take away what an output says. How many alternatives it has stays, and so do the names of a few classes, in their order: they give nothing away. */
function hide(output: Output, classes: number): Output {
  const known = hidden.get(output);
  if (known) return known;
  const weighed =
    classes <= FEW
      ? [...output.alternatives].sort((a, b) => a.index - b.index).map((a) => ({ ...a, p: 0 }))
      : output.alternatives.map((_, rank) => ({ index: -1 - rank, label: HIDDEN, p: 0 }));
  const blank = { ...output, index: null, label: HIDDEN, p: 0, value: null, alternatives: weighed };
  hidden.set(output, blank);
  return blank;
}

const NOTHING: readonly number[] = [];

/**
 * Give a trace without what the playhead has not reached: labels of outputs become `HIDDEN`, rows of numbers empty, the
 * answer ''. It is the trace itself once all has been reached, so whoever draws it cannot show the future by mistake.
 */
export function veiled(trace: Trace, times: Timetable, playhead: number): Trace {
  const until = reachAt(times, playhead);
  if (until === Infinity) return trace;
  const has = (id: string): boolean => progress(times.items.get(id) ?? { start: Infinity, end: Infinity }, until) > 0;
  const { columns, network, outputs, running, y_hat, attention, gradient } = trace;
  const { n_y, topology } = network;
  const known = outputs.map((_, y) => has(`y.${y}`));
  const asked = (t: number): boolean =>
    has(times.items.has(`verdict.${t}`) ? `verdict.${t}` : `h.${t}.${topology.layers - 1}.forward`);
  const columnOf = new Map(columns.flatMap(({ t, y }) => (y === null ? [] : [[y, t] as const])));
  const first = new Map([...columns].reverse().map(({ part, t }) => [part, t] as const));
  return {
    ...trace,
    outputs: outputs.map((output, y) => (known[y] ? output : hide(output, n_y))),
    running: running?.map((output, t) => (asked(t) ? output : hide(output, n_y))) ?? null,
    reading: trace.reading?.filter(({ first, last }) => known.slice(first, last + 1).some(Boolean)) ?? null,
    readings: known.every(Boolean) ? trace.readings : null,
    y_hat: y_hat?.map((row, y) => (known[y] ? row : (NOTHING as number[]))) ?? null,
    attention:
      attention?.map((row, y) => (has(`attend.${columnOf.get(y) ?? -1}`) ? row : (NOTHING as number[]))) ?? null,
    gradient: gradient && (gradient.y === null ? known.every(Boolean) : known[gradient.y]) ? gradient : null,
    layers: trace.layers.map((record) => {
      const { part, layer, direction } = record;
      const seen = record.seen_x.map((_, step) => has(`h.${(first.get(part) ?? 0) + step}.${layer}.${direction}`));
      const lift = (rows: number[][]) => rows.map((row, step) => (seen[step] ? row : (NOTHING as number[])));
      return {
        ...record,
        values: Object.fromEntries(Object.entries(record.values).map(([name, rows]) => [name, lift(rows)])),
      };
    }),
    answer: '',
  };
}
