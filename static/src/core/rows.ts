import type { Direction, Part } from './focus';
import type { Graph } from './graph';
import type { Trace } from './wire';

/** Where the rows of the picture lie, from the bracket of T_y down to the bracket of T_x. */
export interface Rows {
  height: number;
  bracketY: number;
  /** What is read off outputs that collapse stands between the bracket and their names. */
  reading: { y: number; height: number };
  /** The tops of the output chips and of the input chips, and how high each is. */
  output: number;
  input: number;
  chip: number;
  inputChip: number;
  /** Between outputs and states: the running verdict, or the arcs of attention. */
  lane: { y: number; height: number };
  cell: { width: number; height: number };
  bracketX: number;
  /** The least widths of a column and of a chip. */
  columnWidth(part: Part): number;
  chipWidth(part: Part): number;
  /** True where the picture is wider than the window: narrow cells, and names only where someone looks. */
  dense: boolean;
  /** True for two directions, whose cells are staggered so that no arrow runs through a cell. */
  twoWay: boolean;
  /** The top of a state's cell, and how far it stands beside the middle of its column. */
  state(layer: number, direction: Direction): number;
  shift(part: Part, direction: Direction): number;
}

/** What each row takes: when there is room, and when the window is so low that the brackets would leave it. */
interface Sizes {
  /** Bracket, T_y, and the outputs' names. */
  head: number;
  /** The inputs' names, bracket, T_x. */
  foot: number;
  /** What is read off outputs that collapse, and its feet. */
  reading: number;
  chip: number;
  /** The same with words in it, and larger with pictures. */
  inputChip: number;
  /** Above and below the lane. */
  pads: number;
  lane: number;
  cell: number;
  between: number;
  gap: number;
}

/** Widths of a cell and of the columns of encoder and decoder; `stagger` keeps a cell clear of the other's arrows. */
const WIDTHS = {
  oneWay: {
    roomy: { cell: 44, column: 62, single: 62, stagger: 0 },
    dense: { cell: 34, column: 50, single: 50, stagger: 0 },
  },
  twoWay: {
    roomy: { cell: 36, column: 84, single: 62, stagger: 14 },
    dense: { cell: 28, column: 58, single: 50, stagger: 11 },
  },
};

function laneHeight(trace: Trace, graph: Graph): { least: number; most: number; tight: number } {
  if (trace.attention && !trace.places) return { least: 64, most: 120, tight: 34 };
  if (graph.items.some((i) => i.kind === 'verdict')) return { least: 66, most: 130, tight: 36 };
  return { least: 14, most: 30, tight: 8 };
}

const twoWays = (graph: Graph) => graph.items.some((i) => i.kind === 'h' && i.direction === 'backward');
const rowCount = (graph: Graph) => graph.topology.layers * (twoWays(graph) ? 2 : 1);

function roomySizes(trace: Trace, graph: Graph): Sizes {
  const cell = rowCount(graph) > 2 ? 38 : 52;
  return {
    head: 58,
    foot: 58,
    reading: trace.reading ? 58 : 0,
    chip: 32,
    inputChip: trace.source ? 108 : 32,
    pads: 20,
    lane: laneHeight(trace, graph).least,
    cell,
    between: 24,
    gap: 34,
  };
}

function tightSizes(trace: Trace, graph: Graph): Sizes {
  const cell = rowCount(graph) > 2 ? 22 : 30;
  return {
    head: 44,
    foot: 42,
    reading: trace.reading ? 44 : 0,
    chip: 26,
    inputChip: trace.source ? 48 : 26,
    pads: 12,
    lane: laneHeight(trace, graph).tight,
    cell,
    between: 15,
    gap: 22,
  };
}

function total({ head, foot, reading, chip, inputChip, pads, lane, cell, between, gap }: Sizes, count: number): number {
  return head + foot + reading + chip + inputChip + pads + lane + count * cell + (count - 1) * between + gap;
}

/** The least height in which all rows can be told apart; a lower window shows them smaller. */
export function leastHeight(trace: Trace, graph: Graph): number {
  return total(tightSizes(trace, graph), rowCount(graph));
}

/** Between tight and roomy, so that the rows take no more than a height. */
function sizesFor(trace: Trace, graph: Graph, height: number): Sizes {
  const [tight, roomy, count] = [tightSizes(trace, graph), roomySizes(trace, graph), rowCount(graph)];
  const [least, need] = [total(tight, count), total(roomy, count)];
  const share = Math.max(0, Math.min(1, (height - least) / (need - least)));
  const mix = (key: keyof Sizes) => tight[key] + share * (roomy[key] - tight[key]);
  return {
    head: mix('head'),
    foot: mix('foot'),
    reading: mix('reading'),
    chip: mix('chip'),
    inputChip: mix('inputChip'),
    pads: mix('pads'),
    lane: mix('lane'),
    cell: mix('cell'),
    between: mix('between'),
    gap: mix('gap'),
  };
}

/** Share the height out: first what every row needs, then the rest in fixed proportions. */
export function rowsOf(trace: Trace, graph: Graph, height: number, dense: boolean): Rows {
  const twoWay = twoWays(graph);
  const widths = WIDTHS[twoWay ? 'twoWay' : 'oneWay'][dense ? 'dense' : 'roomy'];
  const count = rowCount(graph);
  const least = sizesFor(trace, graph, height);
  const { head, foot, reading, chip, inputChip, pads } = least;
  const spare = Math.max(0, height - total(least, count));
  const cell = Math.min(count > 1 ? 64 : 86, least.cell + (spare * 0.3) / count);
  const between = Math.min(40, least.between + (spare * 0.15) / count);
  const lane = Math.min(laneHeight(trace, graph).most, least.lane + spare * 0.4);
  const gap = Math.min(70, least.gap + spare * 0.3);
  const content = total({ ...least, lane, cell, between, gap }, count);
  const top = Math.max(0, (height - content) / 2);
  const output = top + head + reading;
  const laneTop = output + chip + 0.4 * pads;
  const states = laneTop + lane + 0.6 * pads;
  const input = states + count * cell + (count - 1) * between + gap;
  return {
    height: Math.max(height, content),
    bracketY: top + 0.5 * head,
    reading: { y: top + 0.5 * head + 8, height: 0.5 * reading },
    output,
    input,
    chip,
    inputChip,
    lane: { y: laneTop, height: lane },
    cell: { width: widths.cell, height: cell },
    bracketX: input + inputChip + 0.45 * foot,
    columnWidth: (part) => (twoWay && part === 'encoder' ? widths.column : widths.single),
    chipWidth: (part) => (twoWay && part === 'encoder' ? 2 * widths.stagger + 16 : 28),
    dense,
    twoWay,
    state(layer, direction) {
      const row = twoWay ? 2 * layer + (direction === 'backward' ? 1 : 0) : layer;
      return states + (count - 1 - row) * (cell + between);
    },
    shift: (part, direction) =>
      !twoWay || part === 'decoder' ? 0 : direction === 'forward' ? -widths.stagger : widths.stagger,
  };
}
