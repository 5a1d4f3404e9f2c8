/**
 * One diverging scale for every value: blue below zero, orange above, the paper's colour at zero. The two hues
 * stay apart under every common colour blindness, and the middle follows light and dark.
 */
export type Theme = 'light' | 'dark';

const ENDS: Record<Theme, { low: string; middle: string; high: string }> = {
  light: { low: '#2b5fb8', middle: '#f7f6f3', high: '#d9622b' },
  dark: { low: '#5b96f5', middle: '#242a36', high: '#f08a4f' },
};

const STEPS = 128; // on each side of zero
const GAMMA = 0.8; // small values stay visible

/** Red, green and blue of a colour `share` of the way from one to another, each as #rrggbb. */
function mixed(from: string, to: string, share: number): number[] {
  const channel = (colour: string, i: number): number => parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);
  return [0, 1, 2].map((i) => Math.round(channel(from, i) + (channel(to, i) - channel(from, i)) * share));
}

function table(theme: Theme): Uint8ClampedArray {
  const { low, middle, high } = ENDS[theme];
  const colours = new Uint8ClampedArray((2 * STEPS + 1) * 4);
  for (let i = 0; i <= 2 * STEPS; i += 1) {
    const v = (i - STEPS) / STEPS;
    colours.set([...mixed(middle, v < 0 ? low : high, Math.abs(v) ** GAMMA), 255], i * 4);
  }
  return colours;
}

const TABLES: Record<Theme, Uint8ClampedArray> = { light: table('light'), dark: table('dark') };

/** Where a value lies in the table of colours: -extent is its start, +extent its end. */
function slot(value: number, extent: number): number {
  const v = Number.isFinite(value) ? Math.max(-1, Math.min(1, value / extent)) : 0;
  return Math.round(v * STEPS) + STEPS;
}

/** Colour a value of [-extent, extent] as CSS. */
export function colourOf(value: number, theme: Theme, extent = 1): string {
  const at = slot(value, extent) * 4;
  const [r, g, b] = TABLES[theme].subarray(at, at + 3);
  return `rgb(${r}, ${g}, ${b})`;
}

/** Pick the symmetric range that a set of values is coloured on: 1 where they fit, else their largest size. */
export function extentOf(rows: readonly (readonly number[])[]): number {
  let largest = 1;
  for (const row of rows) for (const v of row) if (Math.abs(v) > largest) largest = Math.abs(v);
  return largest;
}

/** Colour rows of values as pixels, one pixel per value, row by row. */
export function pixels(rows: readonly (readonly number[])[], width: number, theme: Theme, extent = 1): ImageData {
  const image = new ImageData(Math.max(1, width), Math.max(1, rows.length));
  const colours = TABLES[theme];
  rows.forEach((row, y) => {
    for (let x = 0; x < width; x += 1) {
      const at = slot(row[x] ?? 0, extent) * 4;
      image.data.set(colours.subarray(at, at + 4), (y * width + x) * 4);
    }
  });
  return image;
}

/** Where and how a strip is painted; `columns` folds the values into so many columns, read downwards. */
export interface StripPlace {
  x: number;
  y: number;
  width: number;
  height: number;
  columns?: number;
  extent?: number;
  theme: Theme;
}

/**
 * Paint one vector as a strip of swatches. With `columns` = number of values (the default) it lies, with 1 it
 * stands. The gaps between swatches go away where a swatch would be less than 4 pixels high or wide.
 */
export function paintStrip(ctx: CanvasRenderingContext2D, values: readonly number[], place: StripPlace): void {
  const columns = place.columns ?? values.length;
  const rows = Math.ceil(values.length / Math.max(1, columns));
  const [w, h] = [place.width / columns, place.height / rows];
  const [gapX, gapY] = [w < 4 ? 0 : 1, h < 4 ? 0 : 1];
  values.forEach((value, i) => {
    const x = place.x + Math.floor(i / rows) * w;
    const y = place.y + (i % rows) * h;
    ctx.fillStyle = colourOf(value, place.theme, place.extent ?? 1);
    ctx.fillRect(x, y, w - gapX, h - gapY);
  });
}

export const MINUS = '\u2212';

/** Write a number for a reader: two or three significant digits, a true minus sign, no needless zeros. */
export function format(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? '–' : x > 0 ? '∞' : '−∞';
  const size = Math.abs(x);
  let text: string;
  if (size === 0) text = '0';
  else if (size >= 10000 || size < 0.001) text = size.toExponential(1).replace('e+', 'e');
  else if (size >= 100) text = size.toFixed(0);
  else if (size >= 10) text = size.toFixed(1);
  else text = size >= 0.01 ? size.toFixed(2) : size.toFixed(3);
  return (x < 0 ? MINUS : '') + text.replace('e-', `e${MINUS}`);
}

/** Write a number with so many decimals and a true minus sign; what rounds to zero has none. */
export function decimals(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return (value < 0 && Number(text) !== 0 ? MINUS : '') + text;
}

/**
 * Make the writer of numbers that stand together: all get the same decimals, three where two would hide one of them.
 * Where all are tiny or some are huge, no decimals fit, and each is written for itself.
 */
export function alike(values: readonly number[]): (x: number) => string {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (sizes.length > 0 && (most < 0.001 || most >= 1000)) return format;
  const digits = least < 0.005 ? 3 : 2;
  return (x) => (Number.isFinite(x) ? decimals(x, digits) : format(x));
}

/** Write a probability: whole per cents, with a digit more where it would read 0 or 100. */
export function percent(p: number): string {
  const value = p * 100;
  if (value >= 99.95 || value === 0) return `${Math.round(value)} %`;
  if (value >= 99 || value < 1) return value < 0.1 ? '< 0.1 %' : `${value.toFixed(1)} %`;
  return `${Math.round(value)} %`;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Write the end of a range: two decimals at most, no needless zeros, small ones as a power of ten. */
export function bound(value: number): string {
  const size = Math.abs(value);
  return (value < 0 ? '−' : '') + (size === 0 || size >= 0.01 ? String(Number(size.toFixed(2))) : asPower(size));
}

function asPower(size: number): string {
  const [digits = '', exponent = ''] = size.toExponential(0).split('e-');
  if (exponent === '3') return `0.00${digits}`;
  const power = `10⁻${[...exponent].map((digit) => RAISED[Number(digit)] ?? '').join('')}`;
  return digits === '1' ? power : `${digits}·${power}`;
}
