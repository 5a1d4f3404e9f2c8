/** One number of a series as it is typed; a star after it marks it. */
export interface Point {
  value: number;
  marked: boolean;
}

const PART = /[^\s,;]+/g;
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(\*?)$/i;

/** Read numbers separated by commas, semicolons or blanks; null if there is anything else, or fewer than two. */
export function pointsOf(text: string): Point[] | null {
  const matches = [...text.matchAll(PART)].map(([part]) => NUMBER.exec(part));
  if (matches.length < 2) return null;
  const points = matches.map((match) => match && { value: Number(match[1]), marked: match[2] === '*' });
  return points.every((point) => point !== null) ? points : null;
}

/** Put one point in the place of another, leaving the rest of the text as it was typed. */
export function withPoint(text: string, index: number, { value, marked }: Point): string {
  let at = -1;
  return text.replace(PART, (part) => ((at += 1) === index ? `${value}${marked ? '*' : ''}` : part));
}

/** The ends of the axis that shows some numbers, with a little room above and below. */
export function domainOf(numbers: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const room = (high - low || Math.abs(high) || 1) * 0.15;
  return [low - room, high + room];
}

/** The step in which a point is moved: a power of ten, about a hundredth of what the axis spans. */
export function stepOf([low, high]: readonly [number, number]): number {
  return 10 ** Math.floor(Math.log10((high - low) / 50));
}

/** Round to a step, without the small error of binary fractions. */
export function rounded(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(Math.max(0, -Math.round(Math.log10(step)))));
}

const CELL = /^[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)\*?$/;
const THOUSANDS = /^[+-]?\d{1,3},\d{3}$/;

/**
 * Bring a pasted column or row of numbers into one line, commas between, points in numbers. What has anything else in it,
 * or commas that may group thousands, stays as it is: the server reads tables.
 */
export function fromSheet(pasted: string): string {
  const cells = pasted
    .trim()
    .split(/[\t\n\r;]+/)
    .map((cell) => cell.trim());
  const commas = cells.filter((cell) => cell.includes(','));
  const grouped = commas.length > 0 && commas.every((cell) => THOUSANDS.test(cell));
  const mixed = commas.length > 0 && cells.some((cell) => cell.includes('.'));
  const gaps = /[\t;][\t;]|\n\r?\n|^[\t;]|[\t;]$/m.test(pasted.trim());
  if (cells.length < 2 || grouped || mixed || gaps || !cells.every((cell) => CELL.test(cell))) return pasted.trim();
  return cells.map((cell) => cell.replace(',', '.')).join(', ');
}
