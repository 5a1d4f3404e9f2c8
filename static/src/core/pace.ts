import type { Trace } from './wire';

/** When each step of a run begins at speed 1, in seconds from its start, and when the last one ends: one entry more than steps. */
export type Pace = readonly number[];

/** How many steps a second pass where steps have no time of their own: a short run plays slowly, a long one faster. */
export function usualRate(steps: number): number {
  return Math.max(0.9, Math.min(4, steps / 14));
}

/** Say when the steps of a run begin: as time really passed, where the trace says how long its columns are, else evenly. */
export function paceOf({ seconds }: Pick<Trace, 'seconds'>, columns: readonly number[]): Pace {
  const even = 1 / usualRate(columns.length);
  const starts = [0];
  for (const column of columns) starts.push((starts.at(-1) ?? 0) + (seconds ? (seconds[column] ?? 0) : even));
  return starts;
}

/** How many steps a second pass, on the whole. */
export function rateOf(pace: Pace): number {
  return (pace.length - 1) / Math.max(1e-9, pace.at(-1) ?? 0);
}

/** The second at which the playhead is somewhere, at speed 1. */
export function secondAt(pace: Pace, playhead: number): number {
  const step = Math.max(0, Math.min(pace.length - 2, Math.floor(playhead)));
  const from = pace[step] ?? 0;
  return from + (playhead - step) * ((pace[step + 1] ?? from) - from);
}

/** Where the playhead is at a second, at speed 1; steps that take no time are left behind at once. */
export function playheadAt(pace: Pace, second: number): number {
  let [low, high] = [0, pace.length - 1]; // the last step that has begun
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pace[middle] ?? Infinity) <= second) low = middle;
    else high = middle - 1;
  }
  const from = pace[low] ?? 0;
  const to = pace[low + 1] ?? from;
  return to > from ? low + Math.min(1, (second - from) / (to - from)) : low;
}
