import { percent } from '../core/scales';
import { isHidden } from '../core/veil';
import type { Trace } from '../core/wire';
import { writtenIn } from './growing';

export type Sheet = NonNullable<Trace['sheet']>;

/** A note in the piano roll, in units of the roll: eighths from the left, semitones from the top. */
export interface RollNote {
  y: number;
  left: number;
  top: number;
  length: number;
}

export interface RollOf {
  notes: readonly RollNote[];
  /** Where the bars of the tune end, in eighths. */
  lines: readonly number[];
  /** The rows that are a C, each with its octave. */
  octaves: readonly { top: number; name: string }[];
  width: number;
  height: number;
  /** Where each output begins, in eighths; one more for the end. */
  starts: readonly number[];
}

const MIDDLE_C = 60;

/** Lay out the notes of a tune: time to the right, high notes above. */
export function rollOf({ notes, eighth }: Sheet, { seconds, spans }: Pick<Trace, 'seconds' | 'spans'>): RollOf {
  const pitches = notes.map(({ pitch }) => pitch);
  const highest = Math.max(MIDDLE_C, ...pitches) + 1;
  const lowest = Math.min(MIDDLE_C, ...pitches) - 1;
  const starts = [0];
  for (const lasting of seconds ?? []) starts.push((starts.at(-1) ?? 0) + lasting / eighth);
  const octaves = [];
  for (let pitch = 12 * Math.ceil(lowest / 12); pitch <= highest; pitch += 12)
    octaves.push({ top: highest - pitch, name: `C${pitch / 12 - 1}` });
  return {
    notes: notes.map(({ y, pitch, start, length }) => ({ y, left: start, top: highest - pitch, length })),
    lines: (spans ?? []).map(({ last }) => starts[last + 1] ?? 0),
    octaves,
    width: Math.max(1, starts.at(-1) ?? 0),
    height: highest - lowest + 1,
    starts,
  };
}

/** The output that an eighth of the tune belongs to: the last one that had begun and lasts. */
export function outputAt(starts: readonly number[], eighth: number): number {
  const after = starts.findIndex((start) => start > eighth);
  return after < 0 ? starts.length - 2 : Math.max(0, after - 1);
}

/** Write the tune as ABC, as far as it is written. */
export function abcOf({ head, pieces }: Sheet, count: number): string {
  return `${head}${pieces.slice(0, count).join('')}\n`;
}

/** What is engraved: the tune without its title, its rhythm and its pace, which stand elsewhere on the page. */
export function engraved({ head, pieces }: Sheet): { text: string; ends: readonly number[] } {
  const clean = head.replace(/^[TRQ]:.*\n/gm, '');
  const ends: number[] = [];
  let at = clean.length;
  for (const piece of pieces) ends.push((at += piece.length));
  return { text: clean + pieces.join(''), ends };
}

/** The output whose piece holds a character of what is engraved. */
export function outputOfCharacter(ends: readonly number[], character: number): number {
  const y = ends.findIndex((end) => end > character);
  return y < 0 ? ends.length - 1 : y;
}

/** Say what was written at a step: `bar 3, G4 ⅛ (64 %)`. */
export function noteSentence({ outputs, spans }: Pick<Trace, 'outputs' | 'spans'>, y: number): string {
  const output = outputs[y];
  if (!output || isHidden(output)) return `t = ${y + 1}: not written yet`;
  const bar = (spans ?? []).findIndex(({ first, last }) => first <= y && y <= last);
  return `t = ${y + 1}: ${bar < 0 ? '' : `bar ${bar + 1}, `}${output.label} (${percent(output.p)})`;
}

/** Count what has been written, in words. */
export function tuneSentence({ spans, outputs }: Pick<Trace, 'outputs' | 'spans'>, notes: number): string {
  const written = writtenIn({ outputs });
  if (notes === 0) return 'No note is written yet.';
  const bars = (spans ?? []).filter(({ last }) => last < written).length;
  const so = written < outputs.length ? ' so far' : '';
  return `${notes} ${notes === 1 ? 'note' : 'notes'} in ${bars} ${bars === 1 ? 'bar' : 'bars'}${so}.`;
}
