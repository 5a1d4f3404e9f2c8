import { foldOf } from '../core/strip';
import { type Theme, paintStrip } from '../core/scales';

const SHARP = 3; // pixels painted per pixel of the picture, for projectors and exports

const painted = new WeakMap<readonly number[], Map<string, string>>();

/** Paint a vector as the picture of one strip, a data: address for an SVG image; each is painted only once. */
export function stripImage(
  values: readonly number[],
  width: number,
  height: number,
  theme: Theme,
  extent: number,
): string {
  const [w, h] = [Math.round(width), Math.round(height)];
  const key = `${w} ${h} ${theme} ${extent}`;
  const known = painted.get(values) ?? new Map<string, string>();
  painted.set(values, known);
  const address = known.get(key) ?? paint(values, w, h, theme, extent);
  known.set(key, address);
  return address;
}

function paint(values: readonly number[], width: number, height: number, theme: Theme, extent: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARP;
  canvas.height = height * SHARP;
  const ctx = canvas.getContext('2d');
  if (!ctx) return '';
  ctx.scale(SHARP, SHARP);
  paintStrip(ctx, values, { x: 0, y: 0, width, height, columns: foldOf(values.length).columns, extent, theme });
  return canvas.toDataURL();
}
