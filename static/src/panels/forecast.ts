import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Trace } from '../core/wire';

/** A series as it was read, and as the network thinks it goes on, in the units of what was typed. */
export interface Forecast {
  past: readonly number[];
  future: readonly number[];
}

const CLOSE = 1e-2; // of the spread; the numbers of a trace are rounded

/** Fit typed = offset + factor * read; null where the network read something else than the numbers typed. */
export function unitsOf(read: readonly number[], typed: readonly number[]): ((value: number) => number) | null {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [x, y] = [mean(read), mean(typed)];
  const spread = read.reduce((sum, v) => sum + (v - x) ** 2, 0);
  if (spread === 0) return null;
  const factor = read.reduce((sum, v, t) => sum + (v - x) * ((typed[t] ?? 0) - y), 0) / spread;
  const restore = (value: number) => y + factor * (value - x);
  const worst = Math.max(...read.map((v, t) => Math.abs(restore(v) - (typed[t] ?? 0))));
  return worst <= CLOSE * (Math.max(...typed) - Math.min(...typed)) ? restore : null;
}

/**
 * Collect what was read and what is forecast; null for networks that do not go on with a series of numbers.
 *
 * Outputs are fed back as inputs, so they are in the units of x, which an example may have scaled: the labels say how.
 */
export function forecastOf({ network, x, x_labels, y_hat, T_x }: Trace): Forecast | null {
  const { topology, output, n_y } = network;
  if (topology.kind !== 'encoder_decoder' || output !== 'identity' || n_y !== 1 || !y_hat || T_x < 2) return null;
  const read = x.map((row) => row[0] ?? 0);
  const typed = x_labels.map((label) => Number(label.text.replace('*', '')));
  const future = y_hat.map((row) => row[0] ?? 0);
  const restore = typed.every(Number.isFinite) ? unitsOf(read, typed) : null;
  return restore ? { past: typed, future: future.map(restore) } : { past: read, future };
}

/** Where the numbers stand: one axis of time for what was read and what comes after, one for the values. */
export interface Chart {
  x: (step: number) => number;
  y: ScaleLinear<number, number>;
  past: string;
  future: string;
  truth: string;
}

/** Lay a forecast out; the line of the future begins at the last number read, as its truth does. */
export function chartOf({ past, future }: Forecast, truth: readonly number[], width: number, height: number): Chart {
  const count = past.length + future.length;
  const every = [...past, ...future, ...truth];
  const x = (step: number) => ((step + 0.5) * width) / count;
  const y = scaleLinear([Math.min(...every), Math.max(...every)], [height - 6, 6]).nice(4);
  const draw = (values: readonly number[], from: number) =>
    line<number>((_, i) => Math.round(x(from + i) * 10) / 10, (v) => Math.round(y(v) * 10) / 10)(values) ?? '';
  const last = past.slice(-1);
  const ahead = (values: readonly number[]) => (values.length ? draw([...last, ...values], past.length - 1) : '');
  return { x, y, past: draw(past, 0), future: ahead(future), truth: ahead(truth.slice(0, future.length)) };
}

/** The mean absolute error of the first forecasts against what came; null where nothing is known. */
export function meanError(future: readonly number[], truth: readonly number[]): number | null {
  const known = Math.min(future.length, truth.length);
  if (known === 0) return null;
  return future.slice(0, known).reduce((sum, value, i) => sum + Math.abs(value - (truth[i] ?? 0)), 0) / known;
}
