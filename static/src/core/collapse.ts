import { type Rect, middle } from './geometry';
import type { Rows } from './rows';
import { isHidden } from './veil';
import type { Output, Span, Trace } from './wire';

/** A label of the reading as it is drawn: over the frames that made it. */
export interface SpanBox extends Rect {
  first: number;
  last: number;
  /** The middles of its frames. */
  frames: number[];
}

/** Say whether an output is the class that says nothing, where outputs collapse. */
export function isBlank({ network }: Pick<Trace, 'network'>, output: Output): boolean {
  return network.blank !== null && output.index === network.blank;
}

/** List the labels that can be read so far, each as long as its frames have come: the collapse of those frames. */
export function readSoFar({ reading, outputs }: Pick<Trace, 'reading' | 'outputs'>): Span[] {
  return (reading ?? []).flatMap((span) => {
    const come = outputs.flatMap((output, y) => (y < span.first || y > span.last || isHidden(output) ? [] : [y]));
    const [first, last] = [come[0], come.at(-1)];
    return first === undefined || last === undefined ? [] : [{ ...span, first, last }];
  });
}

/** Write labels in a row, as the trace writes the whole reading: letters closely, longer ones with blanks between. */
export function inRow(spans: readonly Span[], { reading, readings }: Pick<Trace, 'reading' | 'readings'>): string {
  const close = readings?.[0]?.text === (reading ?? []).map(({ label }) => label).join('');
  return spans.map(({ label }) => label).join(close ? '' : ' ');
}

/** Put each label of the reading over the outputs that it was read off. */
export function spanBoxes({ reading }: Trace, boxes: ReadonlyMap<string, Rect>, rows: Rows): SpanBox[] {
  return (reading ?? []).flatMap(({ first, last }) => {
    const covered = Array.from({ length: last - first + 1 }, (_, i) => boxes.get(`y.${first + i}`)).filter((b) => !!b);
    const [left, right] = [covered[0], covered.at(-1)];
    if (!left || !right) return [];
    const [x, end] = [left.x, right.x + right.width];
    return [{ first, last, x, width: end - x, ...rows.reading, frames: covered.map(middle) }];
  });
}
