import { line } from 'd3-shape';
import type { Value } from '../core/wire';

/** The range that one unit's value is drawn on: its own bounds, or as far as it goes to either side of zero. */
export function rangeOf(value: Pick<Value, 'low' | 'high'>, numbers: readonly (number | null)[]): [number, number] {
  if (value.low !== null && value.high !== null) return [value.low, value.high];
  const reach = Math.max(1, ...numbers.map((number) => Math.abs(number ?? 0)));
  return [value.low ?? -reach, value.high ?? reach];
}

/**
 * Draw one unit's numbers as an SVG path through the middle of each column, with gaps where there are none. The line
 * also breaks before the column `border`: unit 74 of an encoder and unit 74 of a decoder are two units.
 */
export function pathOf(
  numbers: readonly (number | null)[],
  column: number,
  height: number,
  range: [number, number],
  border = numbers.length,
): string {
  const y = heightOf(height, range);
  const draw = line<{ t: number; value: number | null }>()
    .defined(({ value }) => value !== null)
    .x(({ t }) => Math.round((t + 0.5) * column * 10) / 10)
    .y(({ value }) => Math.round(y(value ?? 0) * 10) / 10);
  const points = numbers.map((value, t) => ({ t, value }));
  return draw([...points.slice(0, border), { t: border, value: null }, ...points.slice(border)]) ?? '';
}

/** Map a value to a height in pixels, the highest at the top, with room for the stroke. */
export function heightOf(height: number, range: [number, number]): (value: number) => number {
  const [low, high] = range;
  const slope = high > low ? (height - 6) / (high - low) : 0;
  return (value) => height - 3 - (value - low) * slope;
}
