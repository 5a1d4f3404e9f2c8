import type { Trace } from './wire';

/** Okabe and Ito's colours, told apart under every colour blindness and on both papers. */
export const BASE_COLOURS: Readonly<Record<string, string>> = {
  A: '#009e73',
  C: '#56b4e9',
  G: '#e69f00',
  T: '#cc79a7',
  N: '#8d99ae',
};

const known = new WeakMap<Trace['x_labels'], boolean>();

/** Say whether a network reads a string of bases, one at each step. */
export function readsBases({ x_labels }: Pick<Trace, 'x_labels'>): boolean {
  const bases = known.get(x_labels) ?? (x_labels.length > 0 && x_labels.every(({ text }) => Object.hasOwn(BASE_COLOURS, text.toUpperCase())));
  known.set(x_labels, bases);
  return bases;
}
