/** One thing of a scene: where its middle is, its size as a share of its own, its turn in degrees, clockwise. */
export interface Thing {
  name: string;
  x: number;
  y: number;
  size: number;
  turn: number;
}

const DECIMALS = 2; // in the text form
const FARTHEST = 100_000;

const short = (value: number): string => String(Number(value.toFixed(DECIMALS)) + 0); // no -0

/** Write things as they stand in an address, as in models/inputs/scene.py: `cat,20,30,1,0;sun,60,5,0.6,0`. */
export const textOfThings = (things: readonly Thing[]): string =>
  things.map(({ name, x, y, size, turn }) => [name, ...[x, y, size, turn].map(short)].join(',')).join(';');

/** Read things back; null for a text that is none, which the server then explains. */
export function thingsOf(text: string): Thing[] | null {
  const parts = text.split(';').filter((part) => part.trim() !== '');
  const things = parts.map(thingOf);
  return things.every((thing) => thing !== null) ? things : null;
}

function thingOf(part: string): Thing | null {
  const [name = '', ...written] = part.split(',').map((word) => word.trim());
  const numbers = written.map((word) => (word === '' ? NaN : Number(word)));
  const [x, y, size = 1, turn = 0] = numbers;
  const fits = numbers.length <= 4 && numbers.every((number) => Math.abs(number) <= FARTHEST);
  return name && x !== undefined && y !== undefined && fits ? { name, x, y, size, turn } : null;
}

/** Find the drawing of a thing: the address with its name, and what is chosen on the axes, in their places. */
export const drawingAt = (art: string, name: string, chosen: Readonly<Record<string, string>>): string =>
  art.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(key === 'name' ? name : (chosen[key] ?? '')));
