import type { Movement } from '../core/posture';

/** A movement and the part of it that is chosen, its first and last frame included. */
export interface Cut {
  whole: Movement;
  first: number;
  last: number;
}

/** How far a change has come: what moves is still held, it was let go, or a key moved it, and others may follow. */
export type By = 'held' | 'let go' | 'key';

/** Choose all of a movement. */
export const uncut = (whole: Movement): Cut => ({ whole, first: 0, last: Math.max(0, whole.length - 1) });

export const isSame = (a: Cut, b: Cut): boolean => a.whole === b.whole && a.first === b.first && a.last === b.last;

/** The part that is chosen. */
export const partOf = ({ whole, first, last }: Cut): Movement => whole.slice(first, last + 1);

/** Move one end of the part; it stops at the other end, at the movement's own, and where the part would be too long. */
export function withEnd(cut: Cut, end: 'first' | 'last', to: number, most: number): Cut {
  const { first, last, whole } = cut;
  return end === 'first'
    ? { ...cut, first: Math.max(0, last - most + 1, Math.min(last, to)) }
    : { ...cut, last: Math.min(whole.length - 1, first + most - 1, Math.max(first, to)) };
}

/** Say which part is chosen: `frames 3 to 20 of 40, 0.6 s`. */
export function wordsOf({ whole, first, last }: Cut, rate: number): string {
  const count = last - first + 1;
  const which =
    count === whole.length
      ? `${count} ${count === 1 ? 'frame' : 'frames'}`
      : `frames ${first + 1} to ${last + 1} of ${whole.length}`;
  return whole.length === 0 ? 'nothing moves yet' : `${which}, ${(count / rate).toFixed(1)} s`;
}

/** The frame that is shown when a part has been played for so many seconds, round and round. */
export const frameAfter = ({ first, last }: Cut, seconds: number, rate: number): number =>
  first + (Math.floor(seconds * rate) % (last - first + 1));
