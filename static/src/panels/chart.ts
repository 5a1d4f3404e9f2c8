import { line } from 'd3-shape';
import { type Linear, linear, roundDomain } from '../core/linear';
import type { Forecast } from './forecast';

/** Where the numbers stand: one axis of time for what was read and what comes after, one for the values. */
export interface Chart {
  x: (step: number) => number;
  y: Linear;
  past: string;
  future: string;
  truth: string;
}

/** Lay a forecast out; the line of the future begins at the last number read, as its truth does. */
export function chartOf({ past, future, truth }: Forecast, width: number, height: number): Chart {
  const count = past.length + future.length;
  const every = [...past, ...future, ...truth];
  const x = (step: number) => ((step + 0.5) * width) / count;
  const y = linear(roundDomain(every, 4), [height - 6, 6]);
  const draw = (values: readonly number[], from: number) =>
    line<number>(
      (_, i) => Math.round(x(from + i) * 10) / 10,
      (v) => Math.round(y(v) * 10) / 10,
    )(values) ?? '';
  const last = past.slice(-1);
  const ahead = (values: readonly number[]) => (values.length ? draw([...last, ...values], past.length - 1) : '');
  return { x, y, past: draw(past, 0), future: ahead(future), truth: ahead(truth.slice(0, future.length)) };
}
