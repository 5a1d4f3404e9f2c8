import type { Scene } from '../core/layout';

/** The picture on its way from unrolled (0) to rolled (1): every part gathers on its column of this moment. */
export interface Folding {
  amount: number;
  /** The column that stands for each part. */
  shown: number[];
  /** How far a column has moved sideways. */
  shift(column: number): number;
  /** How visible a column, the arrows between columns, and the loops are. */
  opacity(column: number): number;
  between: number;
  loops: number;
}

const APART = 130; // from the middle of the picture to a rolled encoder or decoder

/** Fold a scene so that its rolled form stands in the middle of the window that is seen. */
export function foldingOf(scene: Scene, amount: number, current: number, centre: number): Folding {
  const { columns } = scene.graph;
  const encoder = columns.filter((c) => c.part === 'encoder').length;
  const both = encoder > 0 && encoder < columns.length;
  const at = Math.max(0, current);
  const shown = both ? [Math.min(at, encoder - 1), Math.max(at, encoder)] : [at];
  const target = (column: number) => (both ? centre + (column < encoder ? -APART : APART) : centre);
  return {
    amount,
    shown,
    shift: (column) => amount * (target(column) - (scene.places[column]?.middle ?? centre)),
    opacity: (column) => (shown.includes(column) ? 1 : Math.max(0, 1 - amount * 1.6)),
    between: Math.max(0, 1 - amount * 2.5),
    loops: Math.max(0, amount * 2 - 1),
  };
}
