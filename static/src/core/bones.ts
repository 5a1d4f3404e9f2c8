import type { Bones, Posture } from './posture';

/** Write the bones of a posture as the path of an SVG. */
export const bonesOf = (posture: Posture, bones: Bones): string =>
  bones
    .map(([a, b]) => [posture[a], posture[b]] as const)
    .map(([from, to]) => (from && to ? `M${from.join(' ')}L${to.join(' ')}` : ''))
    .join('');

/** Write the joints of a posture as the path of an SVG: lines of no length, which round ends make visible. */
export const jointsOf = (posture: Posture): string => posture.map((place) => `M${place.join(' ')}h0`).join('');

/** Choose so many frames of a movement, from its first to its last, each as far from the next. */
export const sampled = (frames: number, count: number): number[] =>
  Array.from({ length: Math.min(frames, count) }, (_, i) =>
    Math.round((i * (frames - 1)) / Math.max(1, Math.min(frames, count) - 1)),
  );
