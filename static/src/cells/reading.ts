import { said } from '../core/said';
import { extentOf, format } from '../core/scales';
import { recordOf, type Focus } from '../core/focus';
import { before, symbol, type Notation, type Indices, type Sign } from '../core/notation';
import type { Trace } from '../core/wire';
import { kindOf } from './kinds';

/** What enters a cell from below at one step. */
export interface CellInput {
  values: readonly number[] | null;
  /** The symbol's name and indices: x⟨t⟩, the output fed back, or the state of the layer below. */
  name: 'x' | 'y_hat' | 'h' | 'nothing';
  indices: Indices;
  /** What a reader knows it as: the word, the letter. */
  label: string;
}

/** Every vector that the cell in focus has at hand at its step. */
export interface Reading {
  indices: Indices;
  now: Readonly<Record<string, readonly number[] | undefined>>;
  previous: Readonly<Record<string, readonly number[] | undefined>>;
  input: CellInput;
  /** True where the previous state comes out of the bridge between encoder and decoder. */
  bridged: boolean;
}

/** Whether a learned layer makes the state that a decoder starts from, out of both ends of its encoder. */
export function hasBridge({ network: { topology } }: Trace): boolean {
  return topology.parts.length > 1 && topology.directions === 2;
}

/** Say where a state is, naming layer and direction only where its part has more than one: the same wherever it is named. */
export function indicesOf(trace: Trace, focus: Pick<Focus, 'column' | 'part' | 'layer' | 'direction'>): Indices {
  const { layers } = trace.network.topology;
  const both = trace.layers.some((r) => r.part === focus.part && r.direction === 'backward');
  return {
    t: focus.column,
    ...(layers > 1 ? { layer: focus.layer } : {}),
    ...(both ? { direction: focus.direction } : {}),
  };
}

/** Collect what the cell in focus reads and computes; undefined if the trace has no such record. */
export function readingOf(trace: Trace, focus: Focus): Reading | undefined {
  const record = recordOf(trace, focus);
  const column = trace.columns[focus.column];
  if (!record || !column) return undefined;
  const back = record.direction === 'backward' ? 1 : -1;
  const now: Record<string, readonly number[]> = {};
  const previous: Record<string, readonly number[] | undefined> = {};
  for (const [name, rows] of Object.entries(record.values)) {
    const row = rows[column.step];
    if (row?.length) now[name] = row; // behind the veil there is no number
  }
  for (const name of trace.network.cell.states) {
    const row = record.values[name]?.[column.step + back] ?? record.initial[name];
    previous[name] = row?.length ? row : undefined;
  }
  const bridged = hasBridge(trace) && column.part === 'decoder' && column.step === 0;
  return { indices: indicesOf(trace, focus), now, previous, input: inputOf(trace, focus), bridged };
}

/** The range that each value of a lane is coloured on, the same at every step of both parts. */
export function extentsOf(
  trace: Trace,
  { layer, direction }: Pick<Focus, 'layer' | 'direction'>,
): Record<string, number> {
  const records = trace.layers.filter((r) => r.layer === layer && r.direction === direction);
  const extents: Record<string, number> = { x: extentOf(trace.x) };
  for (const { name } of trace.network.cell.values)
    extents[name] = extentOf(records.flatMap((r) => r.values[name] ?? []));
  return extents;
}

/** Find what a layer reads: x, an output fed back, or the states of the layer below. */
export function inputOf(trace: Trace, focus: Focus): CellInput {
  const column = trace.columns[focus.column];
  if (focus.layer > 0) {
    const below = trace.layers.filter((r) => r.part === focus.part && r.layer === focus.layer - 1);
    const rows = below.map((r) => r.values['h']?.[column?.step ?? 0] ?? []);
    const values = rows.every((row) => row.length > 0) ? rows.flat() : null;
    const indices = { t: focus.column, layer: focus.layer - 1 };
    return { values, name: 'h', indices, label: below.length > 1 ? 'both ways' : '' };
  }
  if (column && column.x !== null) {
    const label = trace.x_labels[column.x]?.text ?? '';
    return { values: trace.x[column.x] ?? null, name: 'x', indices: { t: column.x }, label };
  }
  if (column && column.y_prev !== null) {
    const output = trace.outputs[column.y_prev];
    const own = output && output.value !== null ? ` (${format(output.p)})` : ''; // what the cell really reads
    const label = said(output) + own;
    return { values: null, name: 'y_hat', indices: { t: column.y_prev }, label };
  }
  return { values: null, name: 'nothing', indices: {}, label: '0, nothing' };
}

/** Say whether a step is computed yet: behind the veil it has no numbers. */
export const isComputed = ({ now }: Reading): boolean => Object.keys(now).length > 0;

/** Read one unit of a value, now or at the step before. */
export function unitOf(reading: Reading, unit: number, name: string, previous = false): number | undefined {
  return (previous ? reading.previous : reading.now)[name]?.[unit];
}

/** Name one of a cell's quantities where the focus stands; only states wear their layer and direction. */
export function signOf(reading: Reading, name: string, previous: boolean, notation: Notation): Sign {
  if (!(name in reading.previous)) return symbol(name, { t: reading.indices.t }, notation);
  const earlier = reading.bridged ? { ...reading.indices, t: 'start' } : before(reading.indices);
  return symbol(name, previous ? earlier : reading.indices, notation);
}

/** Title the cell in focus: 'LSTM cell · backward · layer 1 · t = 4'. */
export function titleOf(trace: Trace, focus: Focus): string {
  const { topology, cell } = trace.network;
  const indices = indicesOf(trace, focus);
  const part = topology.parts.length > 1 ? [focus.part] : [];
  const direction = indices.direction ? [indices.direction] : [];
  const layer = indices.layer === undefined ? [] : [`layer ${indices.layer + 1}`];
  return [`${kindOf(cell.kind)} cell`, ...part, ...direction, ...layer, `t = ${focus.column + 1}`].join(' · ');
}
