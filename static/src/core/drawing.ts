import { deflated, inflated } from './packed';

/** A small grey picture: the share of ink of each pixel in fifteenths, row by row. */
export interface Drawing {
  width: number;
  height: number;
  /** From 0, paper, to `LEVELS`, ink. */
  levels: Uint8Array;
}

export const LEVELS = 15;
const LARGEST = 256;
const TEXT = /^([1-9]\d{0,2})x([1-9]\d{0,2})\.([\w-]*)$/;

/** An empty sheet. */
export const sheet = (width: number, height: number): Drawing => ({
  width,
  height,
  levels: new Uint8Array(width * height),
});

/** Say whether there is nothing on a sheet. */
export const isEmpty = ({ levels }: Drawing): boolean => levels.every((level) => level === 0);

/** Write a drawing as it stands in an address, as in models/inputs/drawing.py: its size, and half a byte a pixel, deflated. */
export function textOfDrawing({ width, height, levels }: Drawing): string {
  const halves = Uint8Array.from(
    { length: Math.ceil(levels.length / 2) },
    (_, i) => ((levels[2 * i] ?? 0) << 4) | (levels[2 * i + 1] ?? 0),
  );
  return `${width}x${height}.${deflated(halves)}`;
}

/** Read a drawing back; null for a text that is none, which the server then explains. */
export function drawingOf(text: string): Drawing | null {
  const [, across, down, packed] = TEXT.exec(text) ?? [];
  const [width, height] = [Number(across), Number(down)];
  if (packed === undefined || Math.max(width, height) > LARGEST) return null;
  const halves = inflated(packed, Math.ceil((width * height) / 2));
  if (!halves) return null;
  const level = (_: unknown, i: number) => ((halves[i >> 1] ?? 0) >> (i % 2 ? 0 : 4)) & LEVELS;
  return { width, height, levels: Uint8Array.from({ length: width * height }, level) };
}

/** Draw a line of a pen's thickness from one point to another; ink that is there stays. */
export function drawLine(
  drawing: Drawing,
  from: { x: number; y: number },
  to: { x: number; y: number },
  pen: number,
): Drawing {
  const { width, height } = drawing;
  const levels = drawing.levels.slice();
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy || 1e-9;
  const reach = pen / 2 + 1;
  const span = (a: number, b: number, most: number) =>
    [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(most - 1, Math.ceil(Math.max(a, b) + reach))] as const;
  const [left, right] = span(from.x, to.x, width);
  const [top, bottom] = span(from.y, to.y, height);
  for (let row = top; row <= bottom; row += 1)
    for (let column = left; column <= right; column += 1) {
      const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y];
      const along = Math.max(0, Math.min(1, (x * dx + y * dy) / length));
      const ink = Math.max(0, Math.min(1, pen / 2 + 0.5 - Math.hypot(x - along * dx, y - along * dy)));
      const at = row * width + column;
      levels[at] = Math.max(levels[at] ?? 0, Math.round(ink * LEVELS));
    }
  return { width, height, levels };
}

/** Colour a drawing as black ink on nothing, a pixel a pixel. */
export function inkOf({ width, height, levels }: Drawing): ImageData {
  const image = new ImageData(width, height);
  levels.forEach((level, i) => (image.data[4 * i + 3] = (255 * level) / LEVELS));
  return image;
}
