/** List the stretches of steps, half-open, that are hidden. */
export function stretchesOf(hidden: readonly boolean[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  hidden.forEach((is, t) => {
    const last = found.at(-1);
    if (!is) return;
    if (last?.[1] === t) last[1] = t + 1;
    else found.push([t, t + 1]);
  });
  return found;
}
