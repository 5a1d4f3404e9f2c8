import { type View, squareAround } from './posture';
import type { Column, Label, Points, Trace } from './wire';

/** What one step read of the source of a trace. */
export interface Part {
  source: NonNullable<Trace['source']>;
  slice: NonNullable<Label['slice']>;
}

type Line = readonly [readonly [number, number], readonly [number, number]];

/** How a part is drawn: what of its source is seen, and what is there. */
export interface Drawn {
  /** Left, top, width and height of what is seen, in the source's own measure. */
  view: View;
  /** True where the view fills its box, whatever its shape: time has no proportion to height. */
  stretched: boolean;
  picture: { href: string; width: number; height: number } | null;
  lines: readonly Line[];
  /** What came before it, so that one sees where it belongs. */
  faint: readonly Line[];
}

/** Find what a column reads of the source of its trace; null where it reads no part of it. */
export const sliceAt = ({ x_labels }: Pick<Trace, 'x_labels'>, { x }: Pick<Column, 'x'>): Label['slice'] =>
  x === null ? null : (x_labels[x]?.slice ?? null);

const THINNEST = 1; // pixels of a sound's picture

/** Say how the part that a step read is drawn. A slice that is none of its source shows all of the source. */
export function partOf({ source, slice }: Part): Drawn {
  const all: Drawn = {
    view: [0, 0, source.width, source.height],
    stretched: false,
    picture: null,
    lines: [],
    faint: [],
  };
  if (source.kind === 'points') {
    const frame = slice.kind === 'figure' ? slice.frame : 0;
    const bones = linesOf(source, frame);
    if (slice.kind === 'figure') return { ...all, view: stageOf(source), lines: bones.map(({ line }) => line) };
    if (slice.kind !== 'stretch') return { ...all, lines: bones.map(({ line }) => line) };
    const soFar = bones.filter(({ ends: [, b] }) => b <= slice.last); // nothing that is still to come
    const [before, now] = [false, true].map((within) =>
      soFar.filter(({ ends: [a] }) => a >= slice.first === within).map(({ line }) => line),
    );
    return { ...all, lines: now ?? [], faint: before ?? [] };
  }
  const href = source.kind === 'sound' ? source.picture : source.href;
  const shown = { ...all, picture: { href, width: source.width, height: source.height } };
  if (slice.kind === 'rect') return { ...shown, view: [slice.x, slice.y, slice.width, slice.height] };
  if (slice.kind !== 'time' || source.kind !== 'sound') return shown;
  const each = source.width / source.seconds;
  const width = Math.max(THINNEST, (slice.last - slice.first) * each);
  return { ...shown, view: [slice.first * each, 0, width, source.height], stretched: true };
}

/** How much wider than high a part is; null where it has no shape of its own, as a stretch of time has none. */
export function proportionOf({ source, slice }: Part): number | null {
  if (slice.kind === 'time') return null;
  if (slice.kind === 'figure') return 1;
  const { width, height } = slice.kind === 'rect' ? slice : source;
  return width / height;
}

const stages = new WeakMap<Points, View>();

/** The square in which a figure moves: each of its frames is seen in the same one. */
function stageOf(source: Points): View {
  const found = stages.get(source) ?? squareAround(source.frames);
  stages.set(source, found);
  return found;
}

/** The bones of a frame as lines, each with the two points that it joins. */
function linesOf({ frames, bones }: Points, frame: number) {
  const places = frames[frame] ?? [];
  return bones.flatMap((ends) => {
    const [from, to] = [places[ends[0]], places[ends[1]]];
    return from && to ? [{ ends, line: [from, to] as Line }] : [];
  });
}
