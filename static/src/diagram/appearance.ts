import type { Notation } from '../core/notation';
import { type Theme, extentOf } from '../core/scales';
import type { Trace } from '../core/wire';

/** How visible what is to come is, where it is shown. */
export const GHOST = 0.3;

/** How the picture is drawn: in which symbols and colours, and which value of the cell fills its strips. */
export interface Appearance {
  notation: Notation;
  theme: Theme;
  value: string;
  /** The size that the strongest colour stands for: one for the whole trace, so that states can be compared. */
  extent: number;
}

/** Choose a value to draw; a cell that has no such value shows its hidden state. */
export function appearanceOf(trace: Trace, value: string, notation: Notation, theme: Theme): Appearance {
  const known = trace.network.cell.values.some(({ name }) => name === value) ? value : 'h';
  const extent = extentOf(trace.layers.flatMap((layer) => layer.values[known] ?? []));
  return { notation, theme, value: known, extent };
}
