import type { Direction, Part } from './focus';
import { type Track, trackOf } from './verdict';
import type { Column, TopologyRecord, Trace } from './wire';

/** What is drawn as a box: an input, an input that is a fed-back output or nothing, a state, an output. */
export type ItemKind = 'x' | 'feed' | 'empty' | 'initial' | 'h' | 'y' | 'verdict';

export interface Item {
  id: string;
  kind: ItemKind;
  /** The column it is drawn in, from 0. */
  column: number;
  part: Part;
  /** States and initial states only; 0 and 'forward' otherwise. */
  layer: number;
  direction: Direction;
}

/** read: into a cell from below; carry: along time; rise: layer to layer; hand: encoder to decoder. */
export type EdgeKind = 'read' | 'carry' | 'rise' | 'hand' | 'emit' | 'feed';

export interface Dependency {
  id: string;
  kind: EdgeKind;
  from: Item;
  to: Item;
}

/** Every box and every arrow of an unrolled network, before anything has a place or a time. */
export interface Graph {
  columns: readonly Column[];
  topology: TopologyRecord;
  items: Item[];
  edges: Dependency[];
}

/** List the directions in which the layers of a part run: a decoder's future does not exist yet. */
export function directionsOf(topology: TopologyRecord, part: Part): Direction[] {
  return topology.directions === 2 && part === 'encoder' ? ['forward', 'backward'] : ['forward'];
}

const stateId = (column: number, layer: number, direction: Direction) => `h.${column}.${layer}.${direction}`;

function inputKind(column: Column): ItemKind {
  if (column.x !== null) return 'x';
  return column.y_prev === null ? 'empty' : 'feed';
}

function itemsOf(column: Column, topology: TopologyRecord, track: Track | null): Item[] {
  const place = { column: column.t, part: column.part };
  const plain = { ...place, layer: 0, direction: 'forward' as const };
  const items: Item[] = [{ ...plain, id: `in.${column.t}`, kind: inputKind(column) }];
  for (let layer = 0; layer < topology.layers; layer += 1)
    for (const direction of directionsOf(topology, column.part))
      items.push({ ...place, id: stateId(column.t, layer, direction), kind: 'h', layer, direction });
  if (track?.at(column)) items.push({ ...plain, id: `verdict.${column.t}`, kind: 'verdict' });
  if (column.y !== null) items.push({ ...plain, id: `y.${column.y}`, kind: 'y' });
  return items;
}

/**
 * The state before the first step of a chain; a decoder behind an encoder takes over instead, and a network that takes one
 * step alone has none before it.
 */
function initialItems(columns: readonly Column[], topology: TopologyRecord): Item[] {
  if (!topology.carries) return [];
  const part = columns[0]?.part ?? 'encoder';
  const last = columns.findLastIndex((c) => c.part === part);
  const items: Item[] = [];
  for (let layer = 0; layer < topology.layers; layer += 1)
    for (const direction of directionsOf(topology, part)) {
      const column = direction === 'forward' ? 0 : last;
      items.push({ id: `initial.${layer}.${direction}`, kind: 'initial', column, part, layer, direction });
    }
  return items;
}

class Builder {
  readonly graph: Graph;
  private readonly byId: Map<string, Item>;

  constructor(columns: readonly Column[], topology: TopologyRecord, track: Track | null) {
    const items = columns.flatMap((c) => itemsOf(c, topology, track));
    this.graph = { columns, topology, items: [...initialItems(columns, topology), ...items], edges: [] };
    this.byId = new Map(this.graph.items.map((i) => [i.id, i]));
  }

  link(kind: EdgeKind, from: string, to: string): void {
    const [a, b] = [this.byId.get(from), this.byId.get(to)];
    if (a && b) this.graph.edges.push({ id: `${from}>${to}`, kind, from: a, to: b });
  }

  build(): Graph {
    for (const item of this.graph.items) if (item.kind === 'h') this.enter(item);
    for (const column of this.graph.columns) this.leave(column);
    return this.graph;
  }

  private enter(state: Item): void {
    const { column, layer, direction, part } = state;
    const { topology, columns } = this.graph;
    if (layer === 0) this.link('read', `in.${column}`, state.id);
    else
      for (const below of directionsOf(topology, part)) this.link('rise', stateId(column, layer - 1, below), state.id);
    const before = columns[column + (direction === 'forward' ? -1 : 1)];
    if (before?.part === part) this.link('carry', stateId(before.t, layer, direction), state.id);
    else if (direction === 'forward' && before) this.hand(before.t, state);
    else this.link('carry', `initial.${layer}.${direction}`, state.id);
  }

  private hand(last: number, state: Item): void {
    this.link('hand', stateId(last, state.layer, 'forward'), state.id);
    if (this.graph.topology.directions === 2) this.link('hand', stateId(0, state.layer, 'backward'), state.id);
  }

  /** An output comes from the top layer; an answer at the end reads the backward chain where that one ends, at column 0. */
  private emit(column: Column, output: string): void {
    const { topology } = this.graph;
    for (const direction of directionsOf(topology, column.part)) {
      const ends = !topology.answers_each_step && direction === 'backward';
      this.link('emit', stateId(ends ? 0 : column.t, topology.layers - 1, direction), output);
    }
  }

  private leave(column: Column): void {
    if (column.y !== null) this.emit(column, `y.${column.y}`);
    if (column.y_prev !== null) this.link('feed', `y.${column.y_prev}`, `in.${column.t}`);
  }
}

/** List every box of a trace and one arrow for each dependency between them. */
export function graphOf(trace: Pick<Trace, 'columns' | 'network' | 'running' | 'outputs' | 'y_values'>): Graph {
  return new Builder(trace.columns, trace.network.topology, trackOf(trace)).build();
}
