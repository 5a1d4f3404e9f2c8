import type { SceneSpec } from '../core/description';
import type { Thing } from '../core/things';

/** What a change of one thing may set. */
export type Placing = Partial<Pick<Thing, 'x' | 'y' | 'size' | 'turn'>>;
export type Stage = Pick<SceneSpec, 'width' | 'height' | 'smallest' | 'largest'>;

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, value));
const rounded = (value: number, step: number): number => Number((Math.round(value / step) * step).toFixed(2));

const STEP = { x: 0.5, y: 0.5, size: 0.05, turn: 1 };
const PLACES = [0.5, 0.2, 0.8]; // shares of the stage where a new thing may be put

/** Change one thing, within what the stage holds. */
export function placed(things: readonly Thing[], index: number, placing: Placing, stage: Stage): Thing[] {
  return things.map((thing, i) => (i === index ? fitted({ ...thing, ...placing }, stage) : thing));
}

function fitted({ name, x, y, size, turn }: Thing, { width, height, smallest, largest }: Stage): Thing {
  const around = rounded(turn, STEP.turn) % 360;
  return {
    name,
    x: between(0, rounded(x, STEP.x), width),
    y: between(0, rounded(y, STEP.y), height),
    size: between(smallest, rounded(size, STEP.size), largest),
    turn: around > 180 ? around - 360 : around <= -180 ? around + 360 : around,
  };
}

/** Put a thing where there is most room, in front of all others. */
export function added(things: readonly Thing[], name: string, stage: Stage): Thing[] {
  const free = PLACES.flatMap((y) => PLACES.map((x) => ({ x: x * stage.width, y: y * stage.height })));
  const room = ({ x, y }: { x: number; y: number }) =>
    Math.min(Infinity, ...things.map((thing) => Math.hypot(thing.x - x, thing.y - y)));
  const at = free.reduce((best, place) => (room(place) > room(best) ? place : best));
  return [...things, fitted({ name, ...at, size: 1, turn: 0 }, stage)];
}

export const without = (things: readonly Thing[], index: number): Thing[] => things.filter((_, i) => i !== index);

/** Bring a thing in front of all others. */
export const raised = (things: readonly Thing[], index: number): Thing[] => [
  ...without(things, index),
  ...things.slice(index, index + 1),
];

/** What a key does to a thing; undefined for keys that mean nothing there. With Shift it goes further. */
export function placingAfter(
  key: string,
  { x, y, size, turn }: Thing,
  stage: Stage,
  far: boolean,
): Placing | undefined {
  const way = (far ? 0.1 : 0.02) * Math.max(stage.width, stage.height);
  const more = far ? 0.2 : 0.05;
  const angle = far ? 45 : 5;
  const placings: Readonly<Record<string, Placing>> = {
    ArrowLeft: { x: x - way },
    ArrowRight: { x: x + way },
    ArrowUp: { y: y - way },
    ArrowDown: { y: y + way },
    '+': { size: size + more },
    '=': { size: size + more },
    '-': { size: size - more },
    _: { size: size - more },
    '[': { turn: turn - angle },
    '{': { turn: turn - angle },
    ']': { turn: turn + angle },
    '}': { turn: turn + angle },
  };
  return placings[key];
}

/** Where a thing is, in words: `cat, at 20 and 30 of 100 × 100, size 1.2, turned by 45°`. */
export function placeSentence({ name, x, y, size, turn }: Thing, { width, height }: Stage): string {
  const turned = turn === 0 ? '' : `, turned by ${turn}°`;
  return `${name}, at ${x} and ${y} of ${width} × ${height}, size ${size}${turned}`;
}

/** Say how a drag of two fingers changes a thing: as they part and turn around each other. */
export function spread(
  thing: Thing,
  from: readonly [number, number],
  to: readonly [number, number],
): Required<Pick<Placing, 'size' | 'turn'>> {
  const [a, b] = [Math.hypot(...from), Math.hypot(...to)];
  const angle = ([x, y]: readonly [number, number]) => (Math.atan2(y, x) * 180) / Math.PI;
  return { size: thing.size * (a > 0 ? b / a : 1), turn: thing.turn + angle(to) - angle(from) };
}
