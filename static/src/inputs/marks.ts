import type { InputReading } from '../core/wire';

const LISTED = 5; // unknown words that are named

/** Say how a text would be read: how many steps, and what is unknown to the network. */
export function sentenceOf({ T_x, labels }: InputReading): string {
  const strange = [...new Set(labels.filter((l) => l.note === 'unknown').map((l) => `“${l.text}”`))];
  const steps = `Read as ${T_x} ${T_x === 1 ? 'step' : 'steps'}`;
  if (strange.length === 0) return `${steps}.`;
  const more = strange.length > LISTED ? ` and ${strange.length - LISTED} more` : '';
  return `${steps}; not in this network’s vocabulary: ${strange.slice(0, LISTED).join(', ')}${more}.`;
}
