import type { Rect, Trace } from '../core/wire';

/** The gradient of a score with respect to every pixel of the picture that was read. */
export interface PixelGradient {
  slice: Rect;
  /** Row by row; above zero where more ink would make the output likelier. */
  values: readonly number[];
}

/** Say whether a network reads one picture, a number a pixel. */
export function readsPixels({ source, reads, x, x_labels }: Trace): boolean {
  const slice = x_labels[0]?.slice;
  const picture = source?.kind === 'pixels' && slice?.kind === 'rect' && reads === 'pixels';
  return picture && x.length === 1 && x[0]?.length === slice.width * slice.height;
}

/** Find the gradient over the picture; null until somebody has asked for it. */
export function pixelGradientOf({ gradient, x_labels }: Trace): PixelGradient | null {
  const [slice, values] = [x_labels[0]?.slice, gradient?.x_entries?.[0]];
  return slice?.kind === 'rect' && values ? { slice, values } : null;
}

/** Cut a picture's numbers into its rows. */
export const rowsOf = ({ slice, values }: PixelGradient): number[][] =>
  Array.from({ length: slice.height }, (_, y) => values.slice(y * slice.width, (y + 1) * slice.width));
