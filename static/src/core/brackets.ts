import { textWidth } from './geometry';
import type { Bracket } from './layout';

/** The part of a bracket that a window shows. The name is always in the window, whatever lies outside. */
export interface SeenBracket {
  /** The line that is drawn, inside the window. */
  from: number;
  to: number;
  /** True where the bracket goes on beyond that edge of the window: the end is an arrow, not a tick. */
  open: { left: boolean; right: boolean };
  /** The side on which all of it lies, if none of it is in the window. */
  away: 'left' | 'right' | null;
  /** The middle of the name. */
  label: number;
}

export const NAME_SIZE = 14;
const EDGE = 8; // between the edge of the window and what is drawn
const STUB = 44; // how long a line shows the way to a bracket that is out of sight

/** What stands beside the symbol in a bracket's name, with the arrow that leads to it. */
export function nameOf(
  { length, note }: Bracket,
  away: SeenBracket['away'] = null,
): { before: string; after: string; note: string; arrow: string } {
  return {
    before: away === 'left' ? '← ' : '',
    after: ` = ${length}`,
    note: note && ` (${note})`,
    arrow: away === 'right' ? ' →' : '',
  };
}

/** Half of the room that a bracket's name needs. */
export function halfName(bracket: Bracket, away: SeenBracket['away'] = null): number {
  const { before, after, note, arrow } = nameOf(bracket, away);
  return textWidth(`${before}Tx${after}${note}${arrow}`, NAME_SIZE) / 2;
}

const between = (least: number, x: number, most: number) => Math.max(least, Math.min(most, x));

/** Keep a name whole in the window, as near to a place as that allows. */
export function nameInside(x: number, half: number, left: number, width: number): number {
  return width < 2 * (half + EDGE) ? left + width / 2 : between(left + half + EDGE, x, left + width - half - EDGE);
}

/** Cut a bracket to a window of the picture; where none of it is inside, a stub at the edge points to it. */
export function seenBracket(bracket: Bracket, left: number, width: number): SeenBracket {
  const [low, high] = [left + EDGE, left + width - EDGE];
  const { start, end } = bracket;
  const away = start > high ? 'right' : end < low ? 'left' : null;
  const [from, to] =
    away === 'right'
      ? [high - STUB, high]
      : away === 'left'
        ? [low, low + STUB]
        : [Math.max(start, low), Math.min(end, high)];
  const open = { left: start < low, right: end > high };
  return { from, to, open, away, label: nameInside((from + to) / 2, halfName(bracket, away), left, width) };
}
