import type { Notation } from '../core/notation';
import type { Theme } from '../core/scales';
import type { Value } from '../core/wire';
import type { Reading } from './reading';

/** What every drawing of a cell gets. */
export interface DrawingProps {
  /** The cell's values in order of computation. */
  values: readonly Value[];
  reading: Reading;
  /** The range that each value is coloured on, from -extent to extent. */
  extents: Readonly<Record<string, number>>;
  notation: Notation;
  theme: Theme;
  /** The unit that is highlighted in every strip. */
  unit: number | null;
  onhover: (unit: number | null) => void;
  onpick: (unit: number) => void;
}

/** A box with the strip of one vector: x, a value of the cell, or the previous state. */
export interface Box {
  name: string;
  previous?: boolean;
  x: number;
  y: number;
  width?: number;
}

export const BOX = { width: 102, height: 42 } as const;

/** Find the unit under a pointer: `at` in [0, 1] along a strip of so many units. */
export function unitAt(at: number, units: number): number {
  return Math.max(0, Math.min(units - 1, Math.floor(at * units)));
}
