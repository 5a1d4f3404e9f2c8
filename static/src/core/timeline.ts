import type { Dependency, Graph, Item } from './graph';
import type { Column, TopologyRecord, Trace } from './wire';

/** When something happens, in steps on the playhead: it begins at `start` and is done at `end`. */
export interface Span {
  start: number;
  end: number;
}

export interface Timetable {
  /** How many steps a complete run takes. */
  steps: number;
  items: Map<string, Span>;
  edges: Map<string, Span>;
  /** For each step, the column that a reader should look at. */
  columns: number[];
}

/** The scene at one instant. Whatever names a step, in words, numbers or by a highlight, names `step`. */
export interface Frame {
  playhead: number;
  /** The step under way or just finished, from 1; 0 before the first. */
  step: number;
  /** The column of that step, from 0; -1 before the first. */
  column: number;
  times: Timetable;
}

/**
 * The parts of one step: arrows into the cell, the cell layer by layer, attention, the arrow out, the output. The last
 * quarter is a rest, in which the whole step can be read.
 */
const CELL = { start: 0.22, end: 0.52 };
const ATTEND = { start: 0.5, end: 0.62 };
const EMIT = { start: 0.54, end: 0.68 };
const OUTPUT = { start: 0.62, end: 0.76 };
const READ = { start: 0, end: 0.12 };
const FEED = { start: 0, end: 0.12 };
const READ_FED = { start: 0.1, end: 0.22 };

const NEVER: Span = { start: 0, end: 0 };

const at = (step: number, { start, end }: Span): Span => ({ start: step + start, end: step + end });

/** For each step of a complete run of a trace, the column that a reader should look at. */
export function columnsOf({ columns, network }: Pick<Trace, 'columns' | 'network'>): number[] {
  return new Clock(columns, network.topology).columnsOf();
}

/** How many steps a complete run of a trace takes. */
export function stepCount(trace: Pick<Trace, 'columns' | 'network'>): number {
  return columnsOf(trace).length;
}

class Clock {
  private readonly encoder: number; // columns of the encoder
  private readonly rounds: number; // how many times the encoder runs over its columns

  constructor(
    private readonly columns: readonly Column[],
    private readonly topology: TopologyRecord,
  ) {
    this.encoder = columns.filter((c) => c.part === 'encoder').length;
    this.rounds = topology.directions === 2 ? topology.layers : 1;
  }

  get steps(): number {
    return this.encoder * this.rounds + this.columns.length - this.encoder;
  }

  /** The step in which a state is computed. The two chains of a bidirectional layer run at the same time. */
  stepOf(state: Item): number {
    if (state.part === 'decoder') return this.encoder * (this.rounds - 1) + state.column;
    const position = state.direction === 'forward' ? state.column : this.encoder - 1 - state.column;
    return this.rounds > 1 ? state.layer * this.encoder + position : position;
  }

  /** The step after which the network is asked for its verdict: when its last layer has reached a column. */
  verdictStep(column: number): number {
    return this.encoder * (this.rounds - 1) + column;
  }

  /** The part of its step that a layer takes: layers of one direction share a step, from the bottom up. */
  layerSpan(layer: number): Span {
    if (this.rounds > 1) return CELL;
    const share = (CELL.end - CELL.start) / this.topology.layers;
    return { start: CELL.start + layer * share, end: CELL.start + (layer + 1) * share };
  }

  /** The column of each step. */
  columnsOf(): number[] {
    const read = this.encoder * this.rounds;
    return Array.from({ length: this.steps }, (_, step) =>
      step < read ? step % Math.max(1, this.encoder) : this.encoder + step - read,
    );
  }
}

function stateSpan(clock: Clock, state: Item): Span {
  const { start, end } = clock.layerSpan(state.layer);
  const travel = state.layer > 0 ? 0.4 * (end - start) : 0;
  return at(clock.stepOf(state), { start: start + travel, end });
}

function edgeSpan(clock: Clock, edge: Dependency, to: Span): Span {
  const step = Math.floor(to.start);
  if (edge.kind === 'emit') return at(step, EMIT);
  if (edge.kind === 'feed') return at(step, FEED);
  if (edge.kind === 'rise') return { start: step + clock.layerSpan(edge.to.layer).start, end: to.start };
  return edge.kind === 'read' && edge.from.kind !== 'x' ? at(step, READ_FED) : { start: step, end: to.start };
}

/** Work out when every box is computed and every arrow is travelled. */
export function timetableOf(graph: Graph): Timetable {
  const clock = new Clock(graph.columns, graph.topology);
  const items = new Map<string, Span>();
  for (const item of graph.items) {
    if (item.kind === 'h') items.set(item.id, stateSpan(clock, item));
    if (item.kind === 'initial') items.set(item.id, { start: 0, end: 0 });
  }
  for (const edge of graph.edges) {
    const step = Math.floor((items.get(edge.kind === 'emit' ? edge.from.id : edge.to.id) ?? { start: 0 }).start);
    if (edge.kind === 'emit') later(items, edge.to.id, at(step, OUTPUT));
    if (edge.kind === 'read') sooner(items, edge.from.id, at(step, READ));
  }
  for (const { id, kind, column } of graph.items) {
    const y = graph.columns[column]?.y ?? null;
    if (kind === 'verdict') items.set(id, items.get(`y.${y}`) ?? at(clock.verdictStep(column), OUTPUT));
    if (kind === 'y' && graph.topology.attention)
      items.set(`attend.${column}`, at(stepOf(items.get(id) ?? NEVER) - 1, ATTEND));
  }
  const edges = new Map(graph.edges.map((e) => [e.id, edgeSpan(clock, e, items.get(e.to.id) ?? { start: 0, end: 0 })]));
  return {
    steps: clock.steps,
    items,
    edges,
    columns: clock.columnsOf(),
  };
}

function later(spans: Map<string, Span>, id: string, span: Span): void {
  if ((spans.get(id)?.start ?? -1) < span.start) spans.set(id, span);
}

function sooner(spans: Map<string, Span>, id: string, span: Span): void {
  if ((spans.get(id)?.start ?? Infinity) > span.start) spans.set(id, span);
}

const DUST = 1e-6; // the rounding error of adding up fractions of a second

/** An instant that misses a whole step by a rounding error counts as that step. */
function settled(playhead: number): number {
  const whole = Math.round(playhead);
  return Math.abs(playhead - whole) < DUST ? whole : playhead;
}

/** The step that an instant belongs to, from 1: the one under way, at rest the one just finished; 0 before the first. */
export function stepAt(playhead: number): number {
  return Math.max(0, Math.ceil(settled(playhead)));
}

/** The step in which something is computed, from 1. */
export function stepOf({ start }: Span): number {
  return Math.floor(start) + 1;
}

/** How far a span has come at one instant, 0 to 1. */
export function progress({ start, end }: Span, playhead: number): number {
  if (playhead >= end) return 1;
  return playhead <= start ? 0 : (playhead - start) / (end - start);
}

/** Say how far a box or an arrow has come: 0 in the future, 1 when done. What has no time never comes. */
export function progressOf({ times, playhead }: Pick<Frame, 'times' | 'playhead'>, id: string): number {
  const span = times.items.get(id) ?? times.edges.get(id);
  return span ? progress(span, playhead) : 0;
}

/** Name what is under way in a step, from 1: at any instant of it, all else stands still. */
export function underWay({ items, edges }: Timetable, step: number): ReadonlySet<string> {
  const moving = new Set<string>();
  for (const spans of [items, edges])
    for (const [id, { start, end }] of spans) if (start < step && end > step - 1) moving.add(id);
  return moving;
}

/** Say what the scene looks like at one instant. It depends on nothing else: scrubbing back undoes playing. */
export function frameAt(times: Timetable, playhead: number): Frame {
  const head = settled(Math.max(0, Math.min(times.steps, playhead)));
  const step = stepAt(head);
  return { playhead: head, step, column: times.columns[step - 1] ?? -1, times };
}

/** The first instant at which a column's forward state of the lowest layer is complete. */
export function stepOfColumn({ columns }: Timetable, column: number): number {
  return columns.indexOf(column) + 1;
}

/** The first instant at which a column's forward state of the highest layer is complete: its output can be there. */
export function lastStepOfColumn({ columns }: Timetable, column: number): number {
  return columns.lastIndexOf(column) + 1;
}
