import type { Rect, Trace } from '../core/wire';
import { percent } from '../core/scales';

/** How much each place of a picture counted for one output. */
export interface Look {
  /** What the numbers are: shares of the attention, or what each place adds to the log-probability of the output. */
  kind: 'attention' | 'gradient';
  weights: readonly number[];
}

/** Where attention looked to write an output; null where it has not looked yet, or there is none. */
export function attentionAt({ attention }: Pick<Trace, 'attention'>, y: number): Look | null {
  const weights = attention?.[y];
  return weights?.length ? { kind: 'attention', weights } : null;
}

/** What each place adds to the score of an output; null until somebody has asked for it. */
export function gradientAt({ gradient }: Pick<Trace, 'gradient'>, y: number): Look | null {
  return gradient?.y === y && gradient.places ? { kind: 'gradient', weights: gradient.places } : null;
}

const EVEN = 1.5; // times its share: what no place has more of is spread evenly

/** Whether a look went everywhere alike. */
export const isEven = ({ kind, weights }: Look): boolean =>
  kind === 'attention' && Math.max(...weights) * weights.length < EVEN;

/** How brightly each place is lit, from 0 to 1: what speaks against an output stays as dark as what says nothing. */
export function brightness(look: Look): number[] {
  const { weights } = look;
  if (isEven(look)) return weights.map(() => 0);
  const most = Math.max(...weights);
  const least = Math.max(0, Math.min(...weights));
  return weights.map((weight) => (most > least ? Math.max(0, (weight - least) / (most - least)) : 0));
}

/** The side of the square of places. */
export const sideOf = (count: number): number => Math.round(Math.sqrt(count));

const DARK = 0.78; // of 1, over what is not lit

/** Paint the shade over a picture: a pixel a place, darker where it is less lit; the browser smooths it. */
export function shadeOf(lit: readonly number[]): ImageData {
  const side = sideOf(lit.length);
  const image = new ImageData(side, side);
  lit.forEach((share, i) => image.data.set([8, 10, 16, Math.round(255 * DARK * (1 - share))], 4 * i));
  return image;
}

const HEIGHTS = ['at the top', 'in the middle', 'at the bottom'];
const SIDES = ['on the left', '', 'on the right'];

/** Say in words where a place lies in the picture. */
export function whereIs({ x, y, width, height }: Rect, source: { width: number; height: number }): string {
  const third = (middle: number, length: number) => Math.min(2, Math.floor((3 * middle) / length));
  const [down, along] = [third(y + height / 2, source.height), third(x + width / 2, source.width)];
  if (down === 1 && along !== 1) return SIDES[along] ?? '';
  return [HEIGHTS[down], SIDES[along]].filter(Boolean).join(' ');
}

/** Say where most of a look went: in words, and how much of it. */
export function lookSentence(trace: Trace, y: number, look: Look): string {
  const { kind, weights } = look;
  const best = weights.indexOf(Math.max(...weights));
  const slice = trace.places?.[best]?.slice;
  const where = slice?.kind === 'rect' && trace.source ? whereIs(slice, trace.source) : '';
  const word = `“${trace.outputs[y]?.label ?? ''}”`;
  if (isEven(look)) return `To write ${word} it looked everywhere alike.`;
  if (kind === 'attention')
    return `To write ${word} it looked mostly ${where}: ${percent(weights[best] ?? 0)} of its attention went to one place of ${weights.length}.`;
  return `What speaks most for ${word} is ${where}.`;
}
