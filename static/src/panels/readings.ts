import type { Bar } from '../charts/Bars.svelte';
import { bound, percent } from '../core/scales';
import type { Span, Trace } from '../core/wire';

const LEAST = 0.001; // below it a power of ten tells more than a share of a per cent

/** List the readings that were considered, with the probability of each over all its paths; null while they are to come. */
export function consideredReadings({ readings }: Pick<Trace, 'readings'>): Bar[] | null {
  return (
    readings?.map(({ text, p }, rank) => ({
      label: text || '∅',
      value: p,
      text: p < LEAST ? bound(p) : percent(p),
      strong: rank === 0,
    })) ?? null
  );
}

/** Name the steps that say a label, counted from 1. */
export function framesOf({ first, last }: Span): string {
  return first === last ? `step ${first + 1}` : `steps ${first + 1}–${last + 1}`;
}

/** Say how the reading was found, and what its probability is. */
export function howRead({ decoding }: Trace): string {
  const all = 'A reading is as likely as all the paths together that collapse to it.';
  if (decoding?.method === 'beam')
    return `${all} A prefix beam search kept the ${decoding.width} likeliest beginnings; the picture shows the likeliest path of the best.`;
  if (decoding?.method === 'sample') return `${all} This one was drawn, one class a step.`;
  return `${all} This is the best path, each step's likeliest class; a beam would weigh other readings.`;
}
