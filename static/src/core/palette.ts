/** How many colours base.css has for classes besides the outputs' own blue, which is the first. */
const MORE = 7;

/** The colour of a class by its place, as CSS; more classes than colours begin again. */
export function classColour(index: number): string {
  const at = index % (MORE + 1);
  return at === 0 ? 'var(--y)' : `var(--class-${at})`;
}
