import type { Point, Rect } from './geometry';

/** How a vector is folded into a box: `columns` side by side, each read downwards. */
export interface Fold {
  columns: number;
  rows: number;
}

/** Fold so many units into a standing box, as swatches about two and a half times as wide as high. */
export function foldOf(units: number): Fold {
  const columns = units <= 8 ? 1 : Math.max(2, Math.round(Math.sqrt(units / 4)));
  return { columns, rows: Math.ceil(units / columns) };
}

/** The unit under a point of the box, or null outside it. */
export function unitAt(point: Point, box: Rect, units: number): number | null {
  const { columns, rows } = foldOf(units);
  const column = Math.floor(((point.x - box.x) / box.width) * columns);
  const row = Math.floor(((point.y - box.y) / box.height) * rows);
  if (column < 0 || column >= columns || row < 0 || row >= rows) return null;
  const unit = column * rows + row;
  return unit < units ? unit : null;
}

/** The swatch of a unit inside the box. */
export function swatchOf(unit: number, box: Rect, units: number): Rect {
  const { columns, rows } = foldOf(units);
  const [width, height] = [box.width / columns, box.height / rows];
  return { x: box.x + Math.floor(unit / rows) * width, y: box.y + (unit % rows) * height, width, height };
}
