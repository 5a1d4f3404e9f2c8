/** Read numbers separated by commas, semicolons or blanks; null if there is anything else. */
export function numbersOf(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const numbers = parts.map(Number);
  return numbers.length > 1 && numbers.every(Number.isFinite) ? numbers : null;
}

/** Put one number in the place of another, leaving the rest of the text as it was typed. */
export function withNumber(text: string, index: number, value: number): string {
  let at = -1;
  return text.replace(/[^\s,;]+/g, (part) => ((at += 1) === index ? String(Number(value.toPrecision(3))) : part));
}

/** The ends of the axis that shows some numbers, with a little room above and below. */
export function domainOf(numbers: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const room = (high - low || Math.abs(high) || 1) * 0.15;
  return [low - room, high + room];
}
