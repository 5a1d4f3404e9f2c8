import { recordOf, type Focus } from '../core/focus';
import { symbol, type Notation } from '../core/notation';
import { said } from '../core/said';
import type { Trace } from '../core/wire';
import { laneIndices, lanesOf, laneTitle, type Lane } from '../charts/history';

/** A word that a state may depend on: an input, or an output that was fed back. */
export interface Word {
  text: string;
  /** The column that reads it. */
  column: number;
}

/** A half-open range of words. */
export type Range = readonly [from: number, to: number];

/** What one state has seen, in words. */
export interface Sight {
  lane: Lane;
  title: string;
  inputs: Range;
  outputs: Range;
  sentence: string;
}

/** List what is read along the columns: the inputs, or the outputs that are fed back. */
export function wordsOf(trace: Trace, reads: 'x' | 'y_prev'): Word[] {
  return trace.columns.flatMap((column) => {
    const index = column[reads];
    if (index === null) return [];
    const text = reads === 'x' ? (trace.x_labels[index]?.text ?? '') : said(trace.outputs[index]);
    return [{ text, column: column.t }];
  });
}

/** Work out what each lane's state at a column has seen, the one in focus among them. */
export function sightsAt(trace: Trace, focus: Focus, notation: Notation): Sight[] {
  const column = trace.columns[focus.column];
  if (!column) return [];
  return lanesOf(trace).flatMap((lane) => {
    const record = recordOf(trace, { ...lane, part: column.part });
    const [inputs, outputs] = [record?.seen_x[column.step], record?.seen_y[column.step]];
    if (!inputs || !outputs) return [];
    const name = symbol('h', laneIndices(trace, lane, focus.column), notation).text;
    const sentence = `${name} has seen ${seenIn(trace, inputs, outputs)}${unseenIn(trace, inputs)}.`;
    return [{ lane, title: laneTitle(trace, lane), inputs, outputs, sentence }];
  });
}

function seenIn(trace: Trace, [from, to]: Range, outputs: Range): string {
  const total = trace.T_x;
  const some = to - from < total;
  const all = total === 1 ? 'the only input' : `all ${total} inputs`;
  const read = total === 0 ? [] : [some ? `${to - from} of ${total} inputs` : all];
  const feeds = trace.columns.some((column) => column.y_prev !== null);
  const fed = outputs[1] - outputs[0];
  const wrote = feeds ? [fed === 0 ? 'none of its own outputs' : `${count(fed, 'output')} of its own`] : [];
  return [...read, ...wrote].join(' and ') || 'nothing';
}

/** Say what lies outside: the part that could change everything, for all this state knows. */
function unseenIn(trace: Trace, [from, to]: Range): string {
  const [before, after] = [trace.x_labels[from - 1], trace.x_labels[to]];
  if (to === from) return '';
  if (after) return `; it cannot know “${after.text}” or what follows`;
  return before ? `; it cannot know “${before.text}” or what came before` : '';
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
