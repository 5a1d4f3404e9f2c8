import type { Focus } from '../core/focus';
import { recordOf } from '../core/focus';
import { symbol, type Notation } from '../core/notation';
import type { Trace } from '../core/wire';
import { lanePlace, lanesOf, laneTitle, type Lane } from './history';

/** A word that a state may depend on: an input, or an output that was fed back. */
export interface Word {
  text: string;
  seen: boolean;
  /** The column that reads it. */
  column: number;
}

/** What one state has seen, in words. */
export interface Sight {
  lane: Lane;
  title: string;
  inputs: Word[];
  outputs: Word[];
  sentence: string;
}

/** Work out what each lane's state at a column has seen, the one in focus among them. */
export function sightsAt(trace: Trace, focus: Focus, notation: Notation): Sight[] {
  const column = trace.columns[focus.column];
  if (!column) return [];
  return lanesOf(trace).flatMap((lane) => {
    const record = recordOf(trace, { ...lane, part: column.part });
    const [x, y] = [record?.seen_x[column.step], record?.seen_y[column.step]];
    if (!x || !y) return [];
    const inputs = wordsOf(trace, 'x', x);
    const outputs = wordsOf(trace, 'y_prev', y);
    const name = symbol('h', lanePlace(trace, lane, focus.column), notation).text;
    return [{ lane, title: laneTitle(trace, lane), inputs, outputs, sentence: sentenceOf(name, inputs, outputs, x) }];
  });
}

function wordsOf(trace: Trace, reads: 'x' | 'y_prev', [from, to]: readonly [number, number]): Word[] {
  return trace.columns.flatMap((column) => {
    const index = column[reads];
    if (index === null) return [];
    const text = (reads === 'x' ? trace.x_labels[index]?.text : trace.outputs[index]?.label) ?? '';
    return [{ text, seen: index >= from && index < to, column: column.t }];
  });
}

function sentenceOf(name: string, inputs: Word[], outputs: Word[], [from, to]: readonly [number, number]): string {
  const read = inputs.length === 0 ? [] : [ofInputs(from, to, inputs)];
  const fed = outputs.filter((word) => word.seen).length;
  const wrote = outputs.length === 0 ? [] : [fed === 0 ? 'none of its own outputs' : `${count(fed, 'output')} of its own`];
  const parts = [...read, ...wrote];
  return parts.length === 0 ? `${name} has seen nothing.` : `${name} has seen ${parts.join(' and ')}${unseen(from, to, inputs)}.`;
}

function ofInputs(from: number, to: number, inputs: Word[]): string {
  const total = inputs.length;
  if (to - from >= total) return total === 1 ? 'the only input' : `all ${total} inputs`;
  return `${to - from} of ${total} inputs`;
}

/** Say what lies outside: the part that could change everything, for all this state knows. */
function unseen(from: number, to: number, inputs: Word[]): string {
  const after = inputs[to];
  const before = inputs[from - 1];
  if (to === from) return '';
  if (after && to < inputs.length) return `; it cannot know “${after.text}” or what follows`;
  return before ? `; it cannot know “${before.text}” or what came before` : '';
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
