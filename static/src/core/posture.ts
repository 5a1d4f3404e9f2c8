/** Where each joint of a body is in one frame: x and y, y downwards. */
export type Posture = readonly (readonly [number, number])[];
/** How a body moves, frame by frame. */
export type Movement = readonly Posture[];
/** Pairs of joints between which a line is drawn. */
export type Bones = readonly (readonly [number, number])[];
/** A part of the plane: left, top, width and height. */
export type View = readonly [number, number, number, number];

const ROOM = 0.06; // on each side, as a share of the movement

/** The square in which all of a movement lies, with a little room around it. */
export function squareAround(movement: Movement): View {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of movement.flat()) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (left > right) return [0, 0, 1, 1];
  const side = Math.max(right - left, bottom - top) * (1 + 2 * ROOM) || 1;
  return [(left + right - side) / 2, (top + bottom - side) / 2, side, side];
}

/** Write the bones of a posture as the path of an SVG. */
export const bonesOf = (posture: Posture, bones: Bones): string =>
  bones
    .map(([a, b]) => [posture[a], posture[b]] as const)
    .map(([from, to]) => (from && to ? `M${from.join(' ')}L${to.join(' ')}` : ''))
    .join('');

/** Write the joints of a posture as the path of an SVG: lines of no length, which round ends make visible. */
export const jointsOf = (posture: Posture): string => posture.map((place) => `M${place.join(' ')}h0`).join('');

/** Choose so many frames of a movement, from its first to its last, each as far from the next. */
export const sampled = (frames: number, count: number): number[] =>
  Array.from({ length: Math.min(frames, count) }, (_, i) =>
    Math.round((i * (frames - 1)) / Math.max(1, Math.min(frames, count) - 1)),
  );
