import { sliceAt } from '../core/slice';
import type { Trace } from '../core/wire';

/** The part of a sound that a column read, in seconds. */
export interface HeardPart {
  column: number;
  first: number;
  last: number;
}

/** The parts of the sound that the columns read, in their order; none where no sound was read. */
export function partsOf({ source, columns, x_labels }: Pick<Trace, 'source' | 'columns' | 'x_labels'>): HeardPart[] {
  if (source?.kind !== 'sound') return [];
  return columns.flatMap((column) => {
    const slice = sliceAt({ x_labels }, column);
    return slice?.kind === 'time' ? [{ column: column.t, first: slice.first, last: slice.last }] : [];
  });
}

/** The part that a second of the sound belongs to, or the nearest one. */
export function stepAtSecond(parts: readonly HeardPart[], second: number): number {
  const after = parts.findIndex(({ last }) => last > second);
  return after < 0 ? parts.length - 1 : after;
}

/** Say what is looked at: `0.20 s to 0.22 s, step 11 of 40`. */
export function heardSentence(parts: readonly HeardPart[], index: number): string {
  const part = parts[index];
  if (!part) return '';
  return `${part.first.toFixed(2)} s to ${part.last.toFixed(2)} s, step ${index + 1} of ${parts.length}`;
}
