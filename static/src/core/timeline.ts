import type { Dependency, Graph, Item } from './graph';
import type { Scene } from './layout';
import type { Column, Topology, Trace } from './wire';

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

/** The scene at one instant. Progress is 0 in the future, 1 when computed, between the two while it happens. */
export interface Frame {
  playhead: number;
  /** The step under way or just finished, from 1; 0 before the first. */
  step: number;
  /** The column of that step, from 0; -1 before the first. */
  column: number;
  items: ReadonlyMap<string, number>;
  /** How far a pulse is along each edge; 0 has not left, 1 has arrived. */
  edges: ReadonlyMap<string, number>;
}

/** The parts of one step: arrows into the cell, the cell layer by layer, attention, the arrow out, the output. */
const CELL = { start: 0.28, end: 0.64 };
export const LOOK = { start: 0.62, end: 0.76 };
const EMIT = { start: 0.72, end: 0.88 };
const OUTPUT = { start: 0.84, end: 1 };
const FEED = { start: 0, end: 0.16 };
const READ_FED = { start: 0.14, end: 0.28 };

const at = (step: number, { start, end }: Span): Span => ({ start: step + start, end: step + end });

/** How many steps a complete run of a trace takes. */
export function stepCount({ columns, network }: Pick<Trace, 'columns' | 'network'>): number {
  return new Clock(columns, network.topology).steps;
}

class Clock {
  private readonly encoder: number; // columns of the encoder
  private readonly rounds: number; // how many times the encoder runs over its columns

  constructor(
    private readonly columns: readonly Column[],
    private readonly topology: Topology,
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

  columnOf(step: number): number {
    const read = this.encoder * this.rounds;
    return step < read ? step % Math.max(1, this.encoder) : this.encoder + step - read;
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
    if (edge.kind === 'read') sooner(items, edge.from.id, at(step, { start: 0, end: 0.14 }));
  }
  for (const { id, kind, column } of graph.items) {
    const y = graph.columns[column]?.y ?? null;
    if (kind === 'verdict') items.set(id, items.get(`y.${y}`) ?? at(clock.verdictStep(column), OUTPUT));
  }
  const edges = new Map(graph.edges.map((e) => [e.id, edgeSpan(clock, e, items.get(e.to.id) ?? { start: 0, end: 0 })]));
  return { steps: clock.steps, items, edges, columns: Array.from({ length: clock.steps }, (_, s) => clock.columnOf(s)) };
}

function later(spans: Map<string, Span>, id: string, span: Span): void {
  if ((spans.get(id)?.start ?? -1) < span.start) spans.set(id, span);
}

function sooner(spans: Map<string, Span>, id: string, span: Span): void {
  if ((spans.get(id)?.start ?? Infinity) > span.start) spans.set(id, span);
}

/** The last step of which everything is drawn: its output has appeared shortly before the next step begins. */
export function drawnAt(playhead: number): number {
  return Math.floor(playhead + 1 - (OUTPUT.start + OUTPUT.end) / 2);
}

/** How far a span has come at one instant, 0 to 1. */
export function progress({ start, end }: Span, playhead: number): number {
  if (playhead >= end) return 1;
  return playhead <= start ? 0 : (playhead - start) / (end - start);
}

function reached(spans: Map<string, Span>, playhead: number): Map<string, number> {
  const all = new Map<string, number>();
  for (const [id, span] of spans) all.set(id, progress(span, playhead)); // runs in every frame: no lists in between
  return all;
}

/** Say what the scene looks like at one instant. It depends on nothing else: scrubbing back undoes playing. */
export function frameAt(scene: Pick<Scene, 'times'>, playhead: number): Frame {
  const { times } = scene;
  const head = Math.max(0, Math.min(times.steps, playhead));
  const step = Math.ceil(head);
  const column = step > 0 ? (times.columns[step - 1] ?? -1) : -1;
  return { playhead: head, step, column, items: reached(times.items, head), edges: reached(times.edges, head) };
}

/** The first instant at which a column's forward state of the lowest layer is complete. */
export function stepOfColumn(scene: Pick<Scene, 'times'>, column: number): number {
  return scene.times.columns.indexOf(column) + 1;
}
