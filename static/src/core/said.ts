import { format } from './scales';
import type { Label, Output, Trace } from './wire';

/** The number of an output as its reader measures it: in the unit outside where there is one, else the network's own. */
export function numberOf(output: Output): number {
  return output.value ?? output.alternatives[0]?.p ?? output.p;
}

/** Write a number of the unit outside: as many digits as its size needs, and at most four that say something. */
export function inUnit(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e9) return format(value);
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
  return String(rounded).replace(/^-/, '\u2212').replace('e-', 'e\u2212');
}

/** Write an output for its reader: the class, or the number in the unit outside; what the network wrote is its label. */
export function said(output: Output | undefined): string {
  if (!output) return '';
  return output.value === null ? output.label : inUnit(output.value);
}

/** Say what is to be known of a label beside its text: that it is unknown, or what it was read as; else ''. */
export const noteOf = ({ note, read_as }: Label): string => (read_as === null ? (note ?? '') : `read as ${read_as}`);

/** Say what the network itself wrote, where its reader is shown a number in another unit; else ''. */
export function ownNumber(output: Output): string {
  return output.value === null ? '' : `the network’s own number is ${format(output.p)}`;
}

/** Say that probabilities are the network's own where the draw was made from sharper or flatter ones; else ''. */
export function beforeTemperature({ decoding }: Trace): string {
  if (decoding?.method !== 'sample' || decoding.temperature === 1) return '';
  return `before temperature: the draw was made at ${decoding.temperature}`;
}
