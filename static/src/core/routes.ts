import { type Curve, type Rect, middle, straight } from './geometry';
import type { Dependency } from './graph';
import type { Rows } from './rows';

const TIP = 3; // an arrow stops so far before the box that it points at

/** Along time: to the right, or to the left for a backward chain. */
function sideways(from: Rect, to: Rect): Curve {
  const y = (r: Rect) => r.y + r.height / 2;
  return from.x < to.x
    ? straight(from.x + from.width, y(from), to.x - TIP, y(to))
    : straight(from.x, y(from), to.x + to.width + TIP, y(to));
}

/** Upwards; from the middle of the wider box an arrow leaves right below its target. */
function upwards(from: Rect, to: Rect): Curve {
  const [bx, ay, by] = [middle(to), from.y, to.y + to.height + TIP];
  const inside = bx > from.x + 4 && bx < from.x + from.width - 4;
  const ax = inside ? bx : middle(from);
  const bend = (ay - by) * 0.5;
  return ax === bx ? straight(ax, ay, bx, by) : [ax, ay, ax, ay - bend, bx, by + bend, bx, by];
}

/** Up to an output: from right below it, or, where a state is staggered, into the edge of its chip. */
function emit(from: Rect, to: Rect, rows: Rows): Curve {
  const ax = middle(from);
  if (ax > to.x && ax < to.x + to.width) return straight(ax, from.y, ax, to.y + to.height + TIP);
  const lane = rows.lane.y + 2;
  return [ax, from.y, ax, lane, to.x - 90, to.y + to.height / 2, to.x - TIP, to.y + to.height / 2];
}

/** A fed-back output leaves its chip sideways and falls to the foot of the next column. */
function feed(from: Rect, to: Rect): Curve {
  const [ax, bx] = [from.x + from.width, to.x - TIP];
  const [ay, by] = [from.y + from.height / 2, to.y + to.height / 2];
  const bulge = Math.max(14, (bx - ax) * 0.7);
  return [ax, ay, ax + bulge, ay, bx - bulge, by, bx, by];
}

/** From the encoder to the decoder: straight where they are neighbours, over the states where they are not. */
function hand(from: Rect, to: Rect, rows: Rows, backward: boolean): Curve {
  if (!backward) return sideways(from, to);
  const high = rows.lane.y + rows.lane.height * 0.4;
  return [middle(from), from.y, middle(from), high, middle(to) - 10, high, middle(to) - 10, to.y - TIP];
}

/** Draw the way from one box to the next that depends on it. */
export function route(edge: Dependency, from: Rect, to: Rect, rows: Rows): Curve {
  switch (edge.kind) {
    case 'carry':
      return sideways(from, to);
    case 'hand':
      return hand(from, to, rows, edge.from.direction === 'backward');
    case 'read':
    case 'rise':
      return upwards(from, to);
    case 'emit':
      return emit(from, to, rows);
    case 'feed':
      return feed(from, to);
  }
}
