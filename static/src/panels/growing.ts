import { isHidden } from '../core/veil';
import type { Output, Trace } from '../core/wire';

/** One thing that could have been written at a step. */
export interface Candidate {
  label: string;
  p: number;
  chosen: boolean;
}

/** One step of the writing: what was chosen, and what else was likely. */
export interface Written {
  y: number;
  /** The column that wrote it. */
  column: number;
  forced: boolean;
  /** The choice first, then the runners-up by their probability. */
  candidates: Candidate[];
}

const RUNNERS_UP = 4;

/** Say whether a network writes one class after another, each from what it wrote before. */
export function writesOn({ columns, network, T_y }: Trace): boolean {
  return T_y > 1 && network.output === 'softmax' && columns.some((column) => column.part === 'decoder');
}

const written = new WeakMap<Output, Written>(); // the same object every time: a step that has been drawn stays as it is

function writtenBy(output: Output, y: number, column: number): Written {
  const known = written.get(output);
  if (known) return known;
  const others = output.alternatives.filter((a) => a.index !== output.index).slice(0, RUNNERS_UP);
  const candidates = [output, ...others].map(({ label, p }, i) => ({ label, p, chosen: i === 0 }));
  const step = { y, column, forced: output.forced, candidates };
  written.set(output, step);
  return step;
}

/** List the steps of the writing, in order. */
export function writingOf({ columns, outputs }: Trace): Written[] {
  return columns.flatMap(({ t, y }) => {
    const output = y === null ? undefined : outputs[y];
    return y === null || !output ? [] : [writtenBy(output, y, t)];
  });
}

/** How many outputs are written, as far as the trace is shown. */
export function writtenIn({ outputs }: Pick<Trace, 'outputs'>): number {
  const coming = outputs.findIndex(isHidden);
  return coming < 0 ? outputs.length : coming;
}

const PIECE = '▁'; // begins a word where words are written in pieces

/** Join the first outputs to the text that they are: pieces by their mark, characters closely, words with blanks; the end is no part of it. */
export function textOf(
  { outputs, writes, network }: Pick<Trace, 'outputs' | 'writes' | 'network'>,
  count: number,
): string {
  const labels = outputs
    .slice(0, count)
    .flatMap(({ index, label }) => (index !== null && index === network.end ? [] : [label]));
  if (writes === 'pieces') return labels.join('').replaceAll(PIECE, ' ').trim();
  if (writes === 'characters') return labels.join('').replaceAll('␣', ' ');
  return labels.join(' ').replace(/ (?=[.,;:!?…]( |$))/g, '');
}
