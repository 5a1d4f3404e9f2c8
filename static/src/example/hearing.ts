import { sliceAt } from '../core/slice';
import type { Trace } from '../core/wire';

/** A part of a sound, in seconds from its beginning. */
export interface Stretch {
  first: number;
  last: number;
}

const DRIFT = 0.08; // seconds that sound and playhead may part before the sound follows
const AUDIBLE = 0.16; // seconds: less than that is a click

/** The part of the sound that each step reads; null for a step that reads none. */
export function stretchesOf(
  { columns, x_labels }: Pick<Trace, 'columns' | 'x_labels'>,
  steps: readonly number[],
): (Stretch | null)[] {
  return steps.map((t) => {
    const slice = sliceAt({ x_labels }, { x: columns[t]?.x ?? null });
    return slice?.kind === 'time' ? { first: slice.first, last: slice.last } : null;
  });
}

/** The second of the sound at which the playhead is; null where there is none to be heard. */
export function soundAt(stretches: readonly (Stretch | null)[], playhead: number): number | null {
  const stretch = stretches[Math.floor(playhead)];
  return stretch ? stretch.first + (playhead - Math.floor(playhead)) * (stretch.last - stretch.first) : null;
}

/** What a player does next so that it stays with the playhead: whether it runs, and where it goes first. */
export function following(
  wanted: number | null,
  { at, runs, speed }: { at: number; runs: boolean; speed: number },
): { run: boolean; seek: number | null } {
  if (wanted === null) return { run: false, seek: null };
  const away = Math.abs(wanted - at) > DRIFT * Math.max(1, speed);
  return { run: true, seek: !runs || away ? wanted : null };
}

/** The part that is heard by whoever steps or scrubs: what the step reads, long enough to be heard. */
export function touched({ first, last }: Stretch, seconds: number): Stretch {
  const begin = Math.max(0, Math.min(first, seconds - AUDIBLE));
  return { first: begin, last: Math.max(last, begin + AUDIBLE) };
}
