import type { InputReading } from '../core/wire';

const LISTED = 5; // unknown words that are named

/** Say in one line what a reader should know of an input or a run: what was changed before it was read, and more. */
export const noted = (remarks: readonly string[]): string => (remarks.length ? `Note: ${remarks.join('; ')}.` : '');

/** Say how a text would be read: how many steps, and what is unknown to the network. */
export function sentenceOf({ T_x, labels }: Pick<InputReading, 'T_x' | 'labels'>): string {
  const strange = [...new Set(labels.filter((l) => l.note === 'unknown').map((l) => `“${l.text}”`))];
  const steps = `Read as ${T_x} ${T_x === 1 ? 'step' : 'steps'}`;
  if (strange.length === 0) return `${steps}.`;
  const more = strange.length > LISTED ? ` and ${strange.length - LISTED} more` : '';
  return `${steps}; not in this network’s vocabulary: ${strange.slice(0, LISTED).join(', ')}${more}.`;
}
