import type { Direction } from '../core/focus';
import { inputText } from '../core/layout';
import { shown, symbol, type Notation, type Indices } from '../core/notation';
import { said } from '../core/said';
import { percent } from '../core/scales';
import { isHidden } from '../core/veil';
import type { Column, Trace } from '../core/wire';

/** One chain of states through time: a layer in one direction, through the encoder and then the decoder. */
export interface Lane {
  layer: number;
  direction: Direction;
}

/** A value's numbers along the columns; null where the lane does not run, or has not run yet. */
export type History = readonly (readonly number[] | null)[];

/** List the lanes of a trace, the lowest layer first. */
export function lanesOf(trace: Trace): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const { layer, direction } of trace.layers) lanes.set(`${layer}${direction}`, { layer, direction });
  return [...lanes.values()].sort((a, b) => a.layer - b.layer || b.direction.localeCompare(a.direction));
}

/** Name a lane where there are several: 'layer 2, backward'. */
export function laneTitle(trace: Trace, lane: Lane): string {
  const { layers, directions } = trace.network.topology;
  const parts = [...(layers > 1 ? [`layer ${lane.layer + 1}`] : []), ...(directions > 1 ? [lane.direction] : [])];
  return parts.join(', ') || 'the only layer';
}

/** The indices of a lane's symbols: no layer, no direction where there is only one. */
export function laneIndices(trace: Trace, lane: Lane, t?: number): Indices {
  const { layers, directions } = trace.network.topology;
  const decodes = t !== undefined && trace.columns[t]?.part === 'decoder';
  return {
    ...(t === undefined ? {} : { t }),
    ...(layers > 1 ? { layer: lane.layer } : {}),
    ...(directions > 1 && !decodes ? { direction: lane.direction } : {}),
  };
}

/** Read one value of a lane along all columns, as the chosen notation means it. */
export function historyOf(trace: Trace, lane: Lane, name: string, notation: Notation): History {
  const records = trace.layers.filter((r) => r.layer === lane.layer && r.direction === lane.direction);
  return trace.columns.map((column) => {
    const rows = records.find((r) => r.part === column.part)?.values[name];
    const row = rows?.[column.step];
    return row?.length ? row.map((value) => shown(name, value, notation)) : null; // behind the veil there is no number
  });
}

/** Write an output as the picture does: a lone probability in per cent, anything else by its label. */
export function outputLabel({ network, outputs }: Pick<Trace, 'network' | 'outputs'>, y: number): string {
  const output = outputs[y];
  if (!output || isHidden(output)) return output?.label ?? '';
  return network.output === 'sigmoid' && output.index === null ? percent(output.p) : said(output);
}

/** Name an output by its symbol. */
export const outputSign = (y: number, notation: Notation): string => symbol('y_hat', { t: y }, notation).text;

/** Name an output and what it is: 'ŷ⟨2⟩ “sing”'. */
export function outputName(trace: Pick<Trace, 'network' | 'outputs'>, y: number, notation: Notation): string {
  return `${outputSign(y, notation)} “${outputLabel(trace, y)}”`;
}

/** Name what a gradient is of: one output, or all of them as one reading where they collapse (null, or no output). */
export function scoreName(trace: Trace, y: number | null, notation: Notation): string {
  if (trace.network.topology.collapse)
    return trace.readings ? `the reading “${trace.readings[0]?.text}”` : 'the reading';
  return outputName(trace, y ?? -1, notation);
}

function reading(trace: Trace, column: Column): string {
  const label = inputText(trace, column);
  if (column.x !== null) return `reads “${label}”`;
  if (column.y_prev === null) return 'reads nothing';
  return trace.outputs[column.y_prev]?.forced ? `reads the dictated “${label}”` : `reads its own “${label}”`;
}

/** Say in words what a column does: 'reads “movie”', 'reads its own “a”', 'starts from nothing'. */
export function columnSentence(trace: Trace, t: number): string {
  const column = trace.columns[t];
  if (!column) return '';
  const output = column.y === null ? undefined : trace.outputs[column.y];
  return reading(trace, column) + (output ? `, writes “${said(output)}”` : '');
}

/** Name a value at a column as plain text. */
export function valueName(trace: Trace, lane: Lane, name: string, t: number, notation: Notation): string {
  return symbol(name, laneIndices(trace, lane, t), notation).text;
}
