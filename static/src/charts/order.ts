import type { History } from './history';

export type Order = 'index' | 'change' | 'end';

export const orders: readonly { id: Order; title: string }[] = [
  { id: 'index', title: 'unit number' },
  { id: 'change', title: 'moment of greatest change' },
  { id: 'end', title: 'last value' },
];

/** Follow one unit along the columns; null where the lane does not run. */
export function unitHistory(history: History, unit: number): (number | null)[] {
  return history.map((row) => row?.[unit] ?? null);
}

const unitsOf = (history: History): number => history.find((row) => row)?.length ?? 0;

/** Add up how far each unit moves from column to column. */
export function travelled(history: History): number[] {
  const sums = new Array<number>(unitsOf(history)).fill(0);
  eachMove(history, (unit, size) => (sums[unit] = (sums[unit] ?? 0) + size));
  return sums;
}

/** Find the column at which each unit moves the most. */
export function greatestChange(history: History): number[] {
  const at = new Array<number>(unitsOf(history)).fill(0);
  const largest = new Array<number>(unitsOf(history)).fill(0);
  eachMove(history, (unit, size, column) => {
    if (size > (largest[unit] ?? 0)) [largest[unit], at[unit]] = [size, column];
  });
  return at;
}

function eachMove(history: History, visit: (unit: number, size: number, column: number) => void): void {
  for (let column = 1; column < history.length; column += 1) {
    const [before, now] = [history[column - 1], history[column]];
    if (before && now) now.forEach((value, unit) => visit(unit, Math.abs(value - (before[unit] ?? value)), column));
  }
}

/** Put the units in an order: the number of the unit drawn in each row. */
export function orderUnits(history: History, order: Order): number[] {
  const units = Array.from({ length: unitsOf(history) }, (_, unit) => unit);
  if (order === 'index') return units;
  const last = history.findLast((row) => row) ?? [];
  const keys = order === 'end' ? last.map((value) => -value) : greatestChange(history);
  return units.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
}

/** Pick the units that move the most, the liveliest first. */
export function liveliest(history: History, count: number): number[] {
  const sums = travelled(history);
  const units = sums.map((_, unit) => unit).sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0) || a - b);
  return units.slice(0, count);
}
