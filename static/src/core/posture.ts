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
