import type { Scene } from '../core/layout';

/** The picture on its way from unrolled (0) to rolled (1): every part gathers on its column of this moment. */
export interface Folding {
  amount: number;
  /** The column that stands for each part. */
  shown: number[];
  /** Where the middle of a column stands when all is folded. */
  target(column: number): number;
  /** How far a column has moved sideways. */
  shift(column: number): number;
  /** The right edge of the window: no loop leaves it. */
  edge: number;
  /** How visible a column, the arrows between columns, and the loops are. */
  opacity(column: number): number;
  between: number;
  loops: number;
}

const APART = 130; // from the middle of the picture to a rolled encoder or decoder, where there is room

/** Fold a scene so that its rolled form stands in the middle of the window that is seen. */
export function foldingOf(
  scene: Scene,
  amount: number,
  current: number,
  window: { left: number; width: number },
): Folding {
  const centre = window.left + window.width / 2;
  const apart = Math.min(APART, window.width / 4);
  const { columns } = scene.graph;
  const encoder = columns.filter((c) => c.part === 'encoder').length;
  const both = encoder > 0 && encoder < columns.length;
  const at = Math.max(0, current);
  const shown = both ? [Math.min(at, encoder - 1), Math.max(at, encoder)] : [at];
  const target = (column: number) => (both ? centre + (column < encoder ? -apart : apart) : centre);
  return {
    amount,
    shown,
    edge: window.left + window.width,
    target,
    shift: (column) => amount * (target(column) - (scene.slots[column]?.middle ?? centre)),
    opacity: (column) => (shown.includes(column) ? 1 : Math.max(0, 1 - amount * 1.6)),
    between: Math.max(0, 1 - amount * 2.5),
    loops: Math.max(0, amount * 2 - 1),
  };
}
