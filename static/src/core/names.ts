import { type Rect, middle, overlap, pointOn, textWidth } from './geometry';
import type { Box, Line, Scene } from './layout';

/** Where a text begins, or ends. */
export interface NamePlace {
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

export const NAME_TEXT = 10.5;

const ALONG = Array.from({ length: 15 }, (_, i) => (i + 0.5) / 15);

/** The room that a name takes. */
export function roomOf({ x, y, anchor }: NamePlace, text: string): Rect {
  const width = textWidth(text, NAME_TEXT);
  return { x: anchor === 'start' ? x : x - width, y: y - 12, width, height: 15 };
}

/**
 * List the places that a state's name may have beside its cell, the one that reads best first. Above a cell stands the name
 * of the row above it, so only the top row has its own there.
 */
function candidates(box: Box, twoWay: boolean, top: boolean): NamePlace[] {
  const [cx, right, foot] = [middle(box), box.x + box.width, box.y + box.height];
  const below: NamePlace[] = [
    { x: cx + 7, y: foot + 14, anchor: 'start' },
    { x: cx - 7, y: foot + 14, anchor: 'end' },
  ];
  const above: NamePlace[] = [
    { x: cx + 7, y: box.y - 5, anchor: 'start' },
    { x: cx - 7, y: box.y - 5, anchor: 'end' },
  ];
  const corners = top ? [...below, ...above] : below;
  if (!twoWay) return corners;
  const y = box.y + box.height / 2 + 15;
  const beside: NamePlace =
    box.item.direction === 'forward' ? { x: right + 12, y, anchor: 'start' } : { x: box.x - 12, y, anchor: 'end' };
  return [beside, ...corners];
}

/** Say whether an arrow is dashed: what is fed back, which a name would hide. */
const dashed = ({ edge }: Line) => edge.kind === 'feed' || (edge.kind === 'read' && edge.from.kind !== 'x');

const within = (room: Rect, { x, y }: { x: number; y: number }) =>
  x > room.x && x < room.x + room.width && y > room.y && y < room.y + room.height;

/** What a name would cover: boxes and the picture's edge first, then lines, the dashed ones before the others. */
function cost(room: Rect, box: Box, boxes: readonly Box[], lines: readonly Line[], width: number): number {
  const covered =
    boxes.filter((other) => other !== box && overlap(room, other)).length +
    (room.x < 0 || room.x + room.width > width ? 1 : 0);
  const crossed = lines.filter(({ curve }) => ALONG.some((share) => within(room, pointOn(curve, share))));
  return 100 * covered + crossed.reduce((sum, line) => sum + (dashed(line) ? 5 : 1), 0);
}

/** Find a place beside its cell for the name of a state, clear of its neighbours and of what passes there. */
export function placeName(scene: Scene, box: Box, text: string): NamePlace {
  const twoWay = scene.rows.twoWay && box.item.part === 'encoder';
  const { column, layer, direction } = box.item;
  const top = layer === scene.graph.topology.layers - 1 && (!twoWay || direction === 'backward');
  const near = (other: number) => Math.abs(other - column) <= 2;
  const boxes = scene.boxes.filter(({ item }) => near(item.column) && item.kind !== 'verdict');
  const lines = scene.lines.filter(({ edge }) => near(edge.to.column) && near(edge.from.column));
  const priced = candidates(box, twoWay, top).map((place) => ({
    place,
    price: cost(roomOf(place, text), box, boxes, lines, scene.width),
  }));
  return priced.reduce((best, other) => (other.price < best.price ? other : best)).place;
}
