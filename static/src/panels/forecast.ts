import { numberOf } from '../core/said';
import type { Trace } from '../core/wire';

/** A series as it was read, as the network thinks it goes on, and as it did where that is known: in one unit. */
export interface Forecast {
  past: readonly number[];
  future: readonly number[];
  truth: readonly number[];
}

/**
 * Collect what was read and what is forecast; null for networks that do not go on with a series of numbers.
 *
 * All is in the unit of the labels' values, which the visitor typed; x may have been scaled.
 */
export function forecastOf({ network, x_labels, outputs, truth, T_x }: Trace): Forecast | null {
  const { topology, output, n_y } = network;
  if (topology.parts.length < 2 || output !== 'identity' || n_y !== 1 || T_x < 2) return null;
  const past = x_labels.flatMap(({ value }) => value ?? []);
  return past.length === T_x ? { past, future: outputs.map(numberOf), truth: truth ?? [] } : null;
}

/** The mean absolute error of the first forecasts against what came; null where nothing is known. */
export function meanError({ future, truth }: Pick<Forecast, 'future' | 'truth'>): number | null {
  const known = Math.min(future.length, truth.length);
  if (known === 0) return null;
  return future.slice(0, known).reduce((sum, value, i) => sum + Math.abs(value - (truth[i] ?? 0)), 0) / known;
}
