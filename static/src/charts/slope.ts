import { scaleLinear, scaleLog } from 'd3-scale';
import { symbol, type Notation } from '../core/notation';
import type { Trace } from '../core/wire';
import type { Lane } from './history';

export type ScaleKind = 'linear' | 'log';

export type Slopes = readonly (number | null)[];

/** The states of the cell that have a gradient: h, and an LSTM's c. */
export function slopedStates({ gradient }: Pick<Trace, 'gradient'>): ('h' | 'c')[] {
  return gradient?.c ? ['h', 'c'] : ['h'];
}

/** Name the length of a gradient: |∂L/∂a⟨t⟩|. */
export const slopeName = (of: 'h' | 'c' | 'x', notation: Notation): string =>
  `|∂L/∂${symbol(of, { t: 't' }, notation).text}|`;

/** The lengths of the gradient with respect to a state of one lane, by column; null where it does not run. */
export function slopesOf(trace: Trace, lane: Lane, state: 'h' | 'c' = 'h'): (number | null)[] {
  return trace.columns.map((column) => {
    const at = trace.layers.findIndex(
      (r) => r.part === column.part && r.layer === lane.layer && r.direction === lane.direction,
    );
    return trace.gradient?.[state]?.[at]?.[column.step] ?? null;
  });
}

/** The lengths of the gradient with respect to the inputs, by column; null where a column reads none. */
export function inputSlopesOf(trace: Trace): (number | null)[] {
  return trace.columns.map((column) => (column.x === null ? null : (trace.gradient?.x[column.x] ?? null)));
}

const WIDE = 30;

/** Pick the scale that shows the most: by powers of ten where the lengths span more than one of them. */
export function fittingScale(lengths: Slopes): ScaleKind {
  const positive = lengths.filter((v) => v !== null).filter((v) => v > 0);
  return positive.length > 0 && Math.max(...positive) / Math.min(...positive) > WIDE ? 'log' : 'linear';
}

export interface BarScale {
  /** The height in pixels of a bar; 0 for nothing. */
  height: (length: number) => number;
  ticks: number[];
}

const DECADES = 8; // a log scale reaches no further down than this

/** Scale bars to a height: from zero, or by powers of ten from the smallest that is there. */
export function barScale(lengths: Slopes, kind: ScaleKind, height: number): BarScale {
  const positive = lengths.filter((v) => v !== null).filter((v) => v > 0);
  const most = Math.max(...positive, 0);
  if (most === 0) return { height: () => 0, ticks: [] };
  if (kind === 'linear') {
    const scale = scaleLinear([0, most], [0, height]);
    return { height: scale, ticks: scale.ticks(2) };
  }
  const lowest = Math.max(Math.min(...positive), most * 10 ** -DECADES);
  const floor = 10 ** Math.floor(Math.log10(lowest) - 0.05);
  const scale = scaleLog([floor, most], [0, height]);
  return { height: (v) => (v > 0 ? Math.max(0, scale(v)) : 0), ticks: logTicks(floor, most) };
}

/** Mark the powers of ten, not more than four or five of them, and 2 and 5 times as much where there are few. */
function logTicks(floor: number, most: number): number[] {
  const decades = Array.from({ length: Math.floor(Math.log10(most / floor) + 1e-9) + 1 }, (_, i) => floor * 10 ** i);
  const every = Math.ceil(decades.length / 4);
  if (decades.length > 2) return decades.filter((_, i) => i % every === 0);
  return decades.flatMap((tick) => [tick, 2 * tick, 5 * tick]).filter((tick) => tick <= most);
}

/** How much of the gradient is left at the far end of a chain, as a share of its greatest length. */
export function shareLeft(slopes: Slopes, direction: Lane['direction']): number | null {
  const there = slopes.filter((v) => v !== null);
  const start = direction === 'forward' ? there[0] : there.at(-1);
  const most = Math.max(...there, 0);
  return start === undefined || most === 0 ? null : start / most;
}
