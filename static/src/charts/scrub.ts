const PAGE = 10; // steps of a long key

/** Where a key leads on a track of `count` steps; undefined for keys that mean nothing there. */
export function stepAfterKey(key: string, current: number, count: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowLeft: current - 1,
    ArrowRight: current + 1,
    PageDown: current - PAGE,
    PageUp: current + PAGE,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}

/** How far along a track a pointer is, 0 to 1. */
export function shareUnder(x: number, { left, width }: { left: number; width: number }): number {
  return Math.max(0, Math.min(1, (x - left) / Math.max(1, width)));
}

/** The step at a share of a track of `count` equal steps. */
export function stepAtShare(share: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(share * count)));
}
