import { type Point, rounded } from '../core/series';

/** Where the keyboard stands on a series, and how far one press moves a point. */
export interface Stand {
  index: number;
  count: number;
  point: Point;
  step: number;
  /** True where points can be marked. */
  marks: boolean;
}

const FAR = 10;

/** Say what a key does on a series: it chooses another point or changes this one; undefined if neither. */
export function changeAfter(
  {
    key,
    shiftKey,
    ctrlKey,
    metaKey,
    altKey,
  }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  { index, count, point, step, marks }: Stand,
): { index?: number; point?: Point } | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const to = (target: number) => ({ index: Math.max(0, Math.min(count - 1, target)) });
  const by = (steps: number) => ({
    point: { ...point, value: rounded(point.value + steps * step * (shiftKey ? FAR : 1), step) },
  });
  switch (key) {
    case 'ArrowLeft':
      return to(index - 1);
    case 'ArrowRight':
      return to(index + 1);
    case 'PageUp':
      return to(index - FAR);
    case 'PageDown':
      return to(index + FAR);
    case 'Home':
      return to(0);
    case 'End':
      return to(count - 1);
    case 'ArrowUp':
      return by(1);
    case 'ArrowDown':
      return by(-1);
    case '*':
      return marks ? { point: { ...point, marked: !point.marked } } : undefined;
    default:
      return undefined;
  }
}
