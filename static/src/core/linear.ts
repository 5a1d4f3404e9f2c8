import { nice, ticks } from 'd3-array';
import { decimals } from './scales';

/** A straight scale from values to pixels. d3-scale's brings formats and colours along, 10 kB (gzip). */
export interface Linear {
  (value: number): number;
  /** The value that stands at a pixel. */
  invert: (place: number) => number;
  /** About so many round values within the axis. */
  ticks: (count: number) => number[];
}

/** Lay the values of `domain` over the pixels of `range`; one value alone stands in the middle. */
export function linear([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Linear {
  const share = (value: number): number => (high === low ? 0.5 : (value - low) / (high - low));
  return Object.assign((value: number) => from + share(value) * (to - from), {
    invert: (place: number) => low + ((place - from) / (to - from)) * (high - low),
    ticks: (count: number) => ticks(low, high, count),
  });
}

/** Widen a domain to round values, in about so many steps. */
export const roundDomain = (numbers: readonly number[], steps: number): [number, number] =>
  nice(Math.min(...numbers), Math.max(...numbers), steps);

/** Write the values of an axis, all with the decimals that their distance needs. */
export function tickTexts(values: readonly number[]): string[] {
  const [first = 0, second = first + 1] = values;
  const digits = Math.max(0, -Math.floor(Math.log10(second - first) + 1e-9));
  return values.map((value) => decimals(value, digits));
}
