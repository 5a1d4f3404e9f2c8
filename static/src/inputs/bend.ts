import type { Movement, Posture } from '../core/posture';

/** Which joint is how far moved, in which frame. */
export interface Bend {
  frame: number;
  joint: number;
  dx: number;
  dy: number;
}

/** Move one joint; the frames around follow it less and less, so that the movement stays smooth. */
export function bent(movement: Movement, { frame, joint, dx, dy }: Bend, reach: number): Movement {
  return movement.map((posture, t) => {
    const away = Math.abs(t - frame) / (reach + 1);
    if (away >= 1) return posture;
    const share = (1 + Math.cos(Math.PI * away)) / 2;
    return posture.map(([x, y], j) =>
      j === joint ? ([Math.round(x + share * dx), Math.round(y + share * dy)] as const) : ([x, y] as const),
    );
  });
}

/** The joint that is nearest to a place, if one is near enough; else null. */
export function jointNear(posture: Posture, place: readonly [number, number], reach: number): number | null {
  let [nearest, least] = [null as number | null, reach];
  posture.forEach(([x, y], j) => {
    const away = Math.hypot(x - place[0], y - place[1]);
    if (away <= least) [nearest, least] = [j, away];
  });
  return nearest;
}
