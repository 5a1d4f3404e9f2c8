/** A cubic Bézier curve: x and y of its start, its two handles and its end. Straight lines are one too. */
export type Curve = readonly [number, number, number, number, number, number, number, number];

export interface Point {
  x: number;
  y: number;
}

export interface Rect extends Point {
  width: number;
  height: number;
}

/** A straight line from (ax, ay) to (bx, by). */
export function straight(ax: number, ay: number, bx: number, by: number): Curve {
  const [dx, dy] = [(bx - ax) / 3, (by - ay) / 3];
  return [ax, ay, ax + dx, ay + dy, bx - dx, by - dy, bx, by];
}

const round = (v: number) => Math.round(v * 10) / 10;

/** Write a curve as the `d` of an SVG path. */
export function pathOf(curve: Curve): string {
  const [ax, ay, bx, by, cx, cy, dx, dy] = curve.map(round);
  return `M${ax} ${ay}C${bx} ${by} ${cx} ${cy} ${dx} ${dy}`;
}

/** The point at a fraction of a curve, 0 its start and 1 its end. */
export function pointOn([ax, ay, bx, by, cx, cy, dx, dy]: Curve, fraction: number): Point {
  const [t, u] = [fraction, 1 - fraction];
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return { x: a * ax + b * bx + c * cx + d * dx, y: a * ay + b * by + c * cy + d * dy };
}

/** Say whether two rectangles share any area. */
export function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Where a pointer is on an element, as shares of its width and height. */
export function sharesOf({ clientX, clientY }: PointerEvent, element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

/** The middle of a rectangle from left to right. */
export const middle = (r: Rect) => r.x + r.width / 2;

const NARROW = new Set("iljtfrI.,:;'!|()[]");
const WIDE = new Set('mwMWQO@%…—');

/** Estimate how wide a text is drawn; layout needs no browser that way, and the estimate errs on the wide side. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += NARROW.has(letter) ? 0.34 : WIDE.has(letter) ? 0.88 : letter > '\u2e80' ? 1 : 0.59;
  return ems * size;
}

/** Cut a text that is wider than `width`, and say so with an ellipsis. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (textWidth(`${kept}${letter}…`, size) > width) break;
    kept += letter;
  }
  return `${kept}…`;
}
