import type { Box, Line, Scene } from '../core/layout';

/** The part of a long picture that is drawn: the columns in view and a few beside them. */
export interface View {
  boxes: Map<number, Box[]>;
  lines: Line[];
}

export const MARGIN = 120; // pixels drawn on either side of what is seen

/** The columns that lie between two abscissas; the first and last column where they are beyond the ends. */
export function columnsBetween(scene: Scene, left: number, right: number): { first: number; last: number } {
  const { slots } = scene;
  const first = slots.findIndex((p) => p.middle + p.width / 2 >= left);
  const beyond = slots.findIndex((p) => p.middle - p.width / 2 > right);
  return { first: first < 0 ? slots.length - 1 : first, last: (beyond < 0 ? slots.length : beyond) - 1 };
}

/** Collect what is drawn of some columns. An arrow is, if it leads to one of them or past them. */
export function viewOf(scene: Scene, first: number, last: number): View {
  const boxes = new Map<number, Box[]>();
  for (const box of scene.boxes) {
    const { column } = box.item;
    if (column < first || column > last) continue;
    const others = boxes.get(column);
    if (others) others.push(box);
    else boxes.set(column, [box]);
  }
  const touches = ({ edge: { from, to } }: Line) =>
    Math.max(from.column, to.column) >= first && Math.min(from.column, to.column) <= last;
  return { boxes, lines: scene.lines.filter(touches) };
}

/** The abscissa of the playhead: it glides from one column to the next. */
export function abscissa(scene: Scene, playhead: number): number {
  const { columns } = scene.times;
  const middle = (step: number) =>
    scene.slots[columns[Math.max(0, Math.min(columns.length - 1, step))] ?? 0]?.middle ?? 0;
  const step = playhead - 1;
  const before = Math.floor(step);
  return middle(before) + (middle(before + 1) - middle(before)) * (step - before);
}
