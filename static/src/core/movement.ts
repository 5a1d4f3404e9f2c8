import { deflated, inflated, numbersOf, written } from './packed';
import type { Movement } from './posture';
import type { Points } from './wire';

/** How movements become the letters of an address; their places are thousandths of the picture. */

export const FINE = 1000;
export const LONGEST = 4000; // letters of a text form that an address carries, as in models/inputs/packed.py
const JOINTS = 100;
const TEXT = /^([1-9]\d?|100)\.([\w-]+)$/;

/** Write a movement as it stands in an address, as in models/inputs/pose.py: the joints, a point, and differences. */
export function textOfMovement(movement: Movement): string {
  const joints = movement[0]?.length ?? 0;
  if (joints === 0) return '';
  const numbers = movement.flatMap((posture, t) =>
    posture.flatMap(([x, y], j) => {
      const [before, above] = movement[t - 1]?.[j] ?? [0, 0];
      return [x - before, y - above];
    }),
  );
  return `${joints}.${deflated(written(numbers))}`;
}

/** Read a movement back; null for a text that is none, which the server then explains. */
export function movementOf(text: string): Movement | null {
  if (text.trim() === '') return [];
  const [, count = '', packed = ''] = TEXT.exec(text) ?? [];
  const bytes = count ? inflated(packed) : null;
  const numbers = bytes && numbersOf(bytes);
  const joints = Number(count);
  if (!numbers || joints > JOINTS || numbers.length % (2 * joints)) return null;
  const movement: [number, number][][] = [];
  for (let at = 0; at < numbers.length; at += 2 * joints) {
    const before = movement.at(-1);
    movement.push(
      Array.from({ length: joints }, (_, j) => {
        const [x, y] = before?.[j] ?? [0, 0];
        return [x + (numbers[at + 2 * j] ?? 0), y + (numbers[at + 2 * j + 1] ?? 0)];
      }),
    );
  }
  return movement;
}

/** Take the movement that was read, as a trace holds it. */
export function movementIn({ frames, width, height }: Points): Movement {
  const fine = (value: number, whole: number) => Math.round((FINE * value) / whole);
  return frames.map((posture) => posture.map(([x, y]) => [fine(x, width), fine(y, height)] as const));
}

/** Turn left and right: the picture is mirrored, and what is called left is called right. */
export function mirrored(movement: Movement, joints: readonly string[]): Movement {
  const other = joints.map((name) => joints.indexOf(otherSide(name)));
  return movement.map((posture) =>
    posture.map((place, j) => {
      const [x, y] = posture[other[j] ?? -1] ?? place;
      return [FINE - x, y] as const;
    }),
  );
}

function otherSide(name: string): string {
  return name.replace(/\b(left|right)\b/i, (side) => (side.toLowerCase() === 'left' ? 'right' : 'left'));
}
