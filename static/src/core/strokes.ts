import { deflated, inflated, numbersOf, written } from './packed';

/** A point of the pen's path, in a square of SIDE; `lift` at the last one of a stroke. */
export interface PenPoint {
  x: number;
  y: number;
  lift: boolean;
}

export const SIDE = 1000;
const NEAREST = 4; // points closer than this to the one before say nothing new

/** Write strokes as they stand in an address, as in models/inputs/strokes.py: differences, deflated. */
export function textOfStrokes(points: readonly PenPoint[]): string {
  if (points.length === 0) return '';
  const numbers = points.flatMap(({ x, y, lift }, i) => {
    const before = points[i - 1] ?? { x: 0, y: 0 };
    return [2 * (x - before.x) + Number(lift), y - before.y];
  });
  return deflated(written(numbers));
}

/** Read strokes back; null for a text that is none, which the server then explains. */
export function strokesOf(text: string): PenPoint[] | null {
  if (text.trim() === '') return [];
  const bytes = inflated(text);
  const numbers = bytes && numbersOf(bytes);
  if (!numbers || numbers.length % 2) return null;
  const points: PenPoint[] = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < numbers.length; i += 2) {
    const along = numbers[i] ?? 0;
    x += along >> 1;
    y += numbers[i + 1] ?? 0;
    points.push({ x, y, lift: (along & 1) === 1 });
  }
  return points;
}

/** Go on to a place, within the square. A place next to the last point is left out while the pen is down. */
export function extended(points: readonly PenPoint[], at: { x: number; y: number }): PenPoint[] {
  const inside = (value: number) => Math.round(Math.max(0, Math.min(SIDE, value)));
  const next = { x: inside(at.x), y: inside(at.y), lift: false };
  const last = points.at(-1);
  if (last && !last.lift && Math.hypot(last.x - next.x, last.y - next.y) < NEAREST) return [...points];
  return [...points, next];
}

/** Lift the pen after the last point. */
export const lifted = (points: readonly PenPoint[]): PenPoint[] =>
  points.map((point, i) => (i === points.length - 1 ? { ...point, lift: true } : point));

/** Take the last stroke away. */
export function withoutLast(points: readonly PenPoint[]): PenPoint[] {
  const before = points.slice(0, -1).findLastIndex(({ lift }) => lift);
  return points.slice(0, before + 1);
}

/** Write strokes as the path of an SVG; a dot is a line of no length, which round ends make visible. */
export const pathOf = (points: readonly PenPoint[]): string =>
  points
    .map(({ x, y }, i) => {
      const starts = points[i - 1]?.lift ?? true;
      return `${starts ? 'M' : 'L'}${x} ${y}${starts ? 'h0' : ''}`;
    })
    .join('');
