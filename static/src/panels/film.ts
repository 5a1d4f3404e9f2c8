import { sampled } from '../core/bones';
import type { Posture } from '../core/posture';
import { sliceAt } from '../core/slice';
import type { Trace } from '../core/wire';

/** One step of a film: the column that read a frame, and the figure that was there. */
export interface Shot {
  column: number;
  frame: number;
  figure: Posture;
}

/** The figures that the columns read, one after another; none where no figure moves. */
export function shotsOf({ source, columns, x_labels }: Pick<Trace, 'source' | 'columns' | 'x_labels'>): Shot[] {
  if (source?.kind !== 'points' || source.frames.length < 2) return [];
  return columns.flatMap((column) => {
    const slice = sliceAt({ x_labels }, column);
    const figure = slice?.kind === 'figure' ? source.frames[slice.frame] : undefined;
    return slice?.kind === 'figure' && figure ? [{ column: column.t, frame: slice.frame, figure }] : [];
  });
}

/** The shot that is seen while a column is looked at: its own, or the last one before it. */
export function shotAt(shots: readonly Shot[], column: number): number {
  const after = shots.findIndex((shot) => shot.column > column);
  return after < 0 ? shots.length - 1 : Math.max(0, after - 1);
}

/** Which shots have room side by side on a strip. */
export const framesFor = (count: number, room: number, width: number): number[] =>
  sampled(count, Math.max(2, Math.floor(room / width)));

/** Say which shot is seen: `frame 12 of 40, 0.40 s`. */
export function shotSentence(shots: readonly Shot[], index: number, { seconds }: Pick<Trace, 'seconds'>): string {
  const shot = shots[index];
  if (!shot) return '';
  const time = seconds?.slice(0, shot.column).reduce((sum, lasting) => sum + lasting, 0);
  return `frame ${index + 1} of ${shots.length}${time === undefined ? '' : `, ${time.toFixed(2)} s`}`;
}
