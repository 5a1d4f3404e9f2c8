/** How wide a column is drawn, and how its label stands. */
export interface Axis {
  column: number;
  total: number;
  /** True where there are more columns than fit: the axis scrolls, or is squeezed. */
  crowded: boolean;
  label: 'flat' | 'upright' | 'sparse';
  /** Label every so many columns. */
  every: number;
}

const READABLE = 22;
const WIDEST = 120;
const FLAT = 46; // from here on a longer label is cut rather than turned
const APART = 34;
const LETTER = 7; // pixels, about

/**
 * Share `room` pixels among columns: readable ones that scroll, or all of them at once where `fit` is asked.
 * `letters` is the usual length of a label; labels that do not fit lying stand upright.
 */
export function axisOf(columns: number, room: number, fit: boolean, letters: number): Axis {
  const share = Math.min(WIDEST, room / Math.max(1, columns));
  const crowded = share < READABLE;
  const column = crowded && !fit ? READABLE : share;
  const flat = column >= Math.min(FLAT, letters * LETTER + 4);
  const label = column < READABLE ? 'sparse' : flat ? 'flat' : 'upright';
  const every = label === 'sparse' ? Math.ceil(APART / column) : 1;
  return { column, total: column * columns, crowded, label, every };
}

/** The usual length of some labels, which a few longer ones may exceed. */
export function usualLength(labels: readonly string[]): number {
  const lengths = labels.map((label) => label.length).filter((length) => length > 0);
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] ?? 1;
}

/** Where to scroll so that a column is in sight; undefined if it already is. */
export function scrollTo(axis: Axis, column: number, from: number, room: number): number | undefined {
  const [left, right] = [column * axis.column, (column + 1) * axis.column];
  if (left >= from && right <= from + room) return undefined;
  return Math.max(0, (left + right - room) / 2);
}
