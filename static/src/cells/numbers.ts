import { shown, tokens, type Notation } from '../core/notation';
import { MINUS, decimals } from '../core/scales';

/** The right side of an equation with the numbers of one unit put in, and its result, to be checked with a calculator. */
export interface Worked {
  right: string;
  /** '≈' in the rare case that the rounded numbers miss the rounded result by one in the last place. */
  sign: '=' | '≈';
  result: string;
  /** False where the recorded number is not what the equation gives: someone changed it on purpose. */
  agrees: boolean;
}

/** Look one unit up: the number of a named value, now or at the step before. */
export type Lookup = (name: string, previous: boolean) => number | undefined;

/** Decimals of the numbers put in and of the result, the easiest to read first. */
const DECIMALS = [[2, 2], [3, 2], [4, 2], [3, 3], [4, 3], [5, 3], [4, 4]] as const; // prettier-ignore

/** Whether rounding would hide a number that the page writes out elsewhere. */
const vanishes = (value: number, digits: number): boolean =>
  Math.abs(value) >= 0.00005 && Number(value.toFixed(digits)) === 0;

/**
 * Put the numbers of one unit into an equation and work it out.
 *
 * Takes the fewest decimals at which the *rounded* numbers give the rounded result, so that a calculator agrees
 * with the page. Null where the equation has weights, which a trace does not carry, or a number is missing.
 */
export function worked(latex: string, result: number, notation: Notation, lookup: Lookup): Worked | null {
  if (/[Wb]_/.test(latex)) return null;
  const right = latex.slice(latex.indexOf('=') + 1).trim();
  const parts = tokens(right, notation).map((token) => {
    if ('latex' in token) return plain(token.latex);
    const value = lookup(token.name, token.previous);
    return value === undefined ? null : shown(token.name, value, notation);
  });
  if (parts.includes(null)) return null;
  for (const [digits, end] of DECIMALS) {
    if (vanishes(result, end) || parts.some((part) => typeof part === 'number' && vanishes(part, digits))) continue;
    const text = fill(parts, digits);
    const wanted = decimals(result, end);
    if (decimals(calculate(text), end) === wanted) return { right: text, sign: '=', result: wanted, agrees: true };
  }
  const text = fill(parts, 4);
  const agrees = Math.abs(calculate(text) - result) < 2e-3;
  return { right: text, sign: '≈', result: decimals(result, vanishes(result, 2) ? 4 : 2), agrees };
}

/** Say what went into the last tanh of an equation with weights, worked back from its result. */
export function workedBack(result: number): Worked {
  const sum = Math.atanh(result);
  const right =
    Math.abs(result) > 0.9995 ? `tanh(${result < 0 ? 'below −4' : 'above 4'})` : `tanh(${decimals(sum, 3)})`;
  return {
    right,
    sign: '=',
    result: decimals(result, Math.abs(result) > 0.995 || vanishes(result, 2) ? 4 : 2),
    agrees: true,
  };
}

function plain(latex: string): string {
  return latex
    .replaceAll(/\s*\\circ\s*/g, '·')
    .replaceAll('-', MINUS)
    .replaceAll('\\', '');
}

function fill(parts: readonly (string | number | null)[], digits: number): string {
  return parts
    .map((part) => {
      if (typeof part !== 'number') return part ?? '';
      const text = decimals(part, digits);
      return text.startsWith(MINUS) ? `(${text})` : text;
    })
    .join('')
    .replaceAll(/\(\((−[\d.]+)\)\)/g, '($1)');
}

/** Work out a sum of products with brackets and tanh, as `worked` writes it. */
export function calculate(text: string): number {
  const pieces = text.match(/tanh|[\d.]+|[()+·−]/g) ?? [];
  let at = 0;
  const take = (wanted: string): boolean => pieces[at] === wanted && (at += 1) > 0;

  function sum(): number {
    let total = product();
    for (;;) {
      if (take('+')) total += product();
      else if (take(MINUS)) total -= product();
      else return total;
    }
  }
  function product(): number {
    let total = factor();
    while (take('·')) total *= factor();
    return total;
  }
  function factor(): number {
    if (take(MINUS)) return -factor();
    if (take('tanh')) return Math.tanh(factor());
    if (take('(')) {
      const inside = sum();
      take(')');
      return inside;
    }
    return Number(pieces[at++]);
  }
  return sum();
}
