import { readSoFar } from '../core/collapse';
import { classColour } from '../core/palette';
import { inUnit, numberOf } from '../core/said';
import { format, percent } from '../core/scales';
import { probabilityName } from '../core/verdict';
import type { Trace } from '../core/wire';

/** One class, or one number, from output to output. */
export interface Band {
  label: string;
  colour: string;
  values: readonly number[];
}

/** The outputs of a network that answers at every step, as they are drawn over time. */
export interface OutputsOverTime {
  title: string;
  /** One probability, several that add up to 1, or numbers that do not. */
  shape: 'area' | 'stack' | 'lines';
  bands: readonly Band[];
  range: [number, number];
  write: (value: number) => string;
}

const MOST = 8; // classes whose colours can be told apart

/** Name the classes by what the outputs say of them; one that is never among the likeliest keeps its number. */
function classLabels({ network, outputs }: Trace): string[] {
  const labels = Array.from({ length: network.n_y }, (_, i) => String(i + 1));
  for (const output of outputs) for (const { index, label } of output.alternatives) labels[index] = label;
  return labels;
}

/** Choose the classes that are drawn: all, or where outputs collapse the blank and what has been read so far. */
function drawnClasses({ network }: Trace, shown: Trace): (index: number) => boolean {
  if (network.blank === null) return () => true;
  const read = [...new Set([network.blank, ...readSoFar(shown).map(({ kind }) => kind)])].slice(0, MOST);
  return (index) => read.includes(index);
}

/**
 * Collect what is drawn over time, as far as the trace is shown; null for networks that do not answer at every step, or in
 * too many classes.
 */
export function outputsOf(trace: Trace, shown: Trace = trace): OutputsOverTime | null {
  const { network, outputs, y_hat } = trace;
  const collapse = network.topology.collapse !== null;
  if (!network.topology.answers_each_step || !y_hat || outputs.length < 2) return null;
  if (network.n_y > MOST && !collapse) return null;
  const outside = network.n_y === 1 && outputs.some(({ value }) => value !== null);
  const every = classLabels(trace).map((label, i) => ({
    label: label.trim() || '␣',
    colour: classColour(i),
    values: outside ? outputs.map(numberOf) : y_hat.map((row) => row[i] ?? 0),
  }));
  if (network.output === 'identity') {
    const numbers = every.flatMap((band) => band.values);
    const range: [number, number] = [Math.min(0, ...numbers), Math.max(...numbers)];
    return { title: 'ŷ', shape: 'lines', bands: every, range, write: outside ? inUnit : format };
  }
  const last = every.at(-1);
  if (collapse) {
    const drawn = drawnClasses(trace, shown);
    const bands = every.filter((_, i) => drawn(i));
    return { title: 'P', shape: 'lines', bands, range: [0, 1], write: percent };
  }
  const one = network.n_y === 1 || (network.output === 'softmax' && network.n_y === 2);
  const bands = one && last ? [{ ...last, colour: classColour(0) }] : every;
  const shape = one ? 'area' : network.output === 'softmax' ? 'stack' : 'lines';
  const title = one ? probabilityName(last?.label ?? '') : 'P';
  return { title, shape, bands, range: [0, 1], write: percent };
}

/** List the stretches of steps, half-open, in which a value is at least `threshold`. */
export function stretches(values: readonly number[], threshold: number): [from: number, to: number][] {
  const found: [number, number][] = [];
  values.forEach((value, t) => {
    const last = found.at(-1);
    if (value < threshold) return;
    if (last && last[1] === t) last[1] = t + 1;
    else found.push([t, t + 1]);
  });
  return found;
}

const NAMED = 6;

/** Say where a network takes its class for likelier than not, as `P(coding) ≥ 50 %`; steps count from 1. */
export function stretchesSentence(values: readonly number[], label: string, all = values.length): string {
  const steps = values.length === all ? `${all} steps` : `the first ${values.length} of ${all} steps`;
  const found = stretches(values, 0.5);
  const likely = `${probabilityName(label)} ≥ 50 %`;
  if (found.length === 0) return `${likely} at none of ${steps}.`;
  const total = found.reduce((sum, [from, to]) => sum + to - from, 0);
  const names = found.slice(0, NAMED).map(([from, to]) => (to - from === 1 ? `${to}` : `${from + 1}–${to}`));
  const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
  return `${likely} at ${total} of ${steps}: ${names.join(', ')}${more}.`;
}

/** Merge equal neighbours, so that a long string is drawn as a few rectangles: text, first step, how many. */
export function runsOf(texts: readonly string[]): { text: string; from: number; count: number }[] {
  const runs: { text: string; from: number; count: number }[] = [];
  texts.forEach((text, from) => {
    const last = runs.at(-1);
    if (last?.text === text) last.count += 1;
    else runs.push({ text, from, count: 1 });
  });
  return runs;
}
