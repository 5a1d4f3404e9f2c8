import type { Direction, Part } from './focus';
import type { Graph } from './graph';
import type { Trace } from './wire';

/** Where the rows of the picture lie, from the bracket of T_y down to the bracket of T_x. */
export interface Rows {
  height: number;
  bracketY: number;
  /** The tops of the output chips and of the input chips, and how high a chip is. */
  output: number;
  input: number;
  chip: number;
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

const HEAD = 58; // bracket, T_y, and the outputs' names
const FOOT = 58; // the inputs' names, bracket, T_x
const CHIP = 32;

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

function laneHeight(trace: Trace, graph: Graph): { least: number; most: number } {
  if (trace.attention) return { least: 64, most: 120 };
  if (graph.items.some((i) => i.kind === 'verdict')) return { least: 66, most: 130 };
  return { least: 14, most: 30 };
}

/** Share the height out: first what every row needs, then the rest in fixed proportions. */
export function rowsOf(trace: Trace, graph: Graph, height: number, dense: boolean): Rows {
  const { topology } = graph;
  const twoWay = graph.items.some((i) => i.kind === 'h' && i.direction === 'backward');
  const widths = WIDTHS[twoWay ? 'twoWay' : 'oneWay'][dense ? 'dense' : 'roomy'];
  const count = topology.layers * (twoWay ? 2 : 1);
  const lane = laneHeight(trace, graph);
  const least = { cell: count > 2 ? 38 : 52, between: 24, gap: 34 };
  const fixed = HEAD + FOOT + 2 * CHIP + 20 + lane.least;
  const need = fixed + count * least.cell + (count - 1) * least.between + least.gap;
  const spare = Math.max(0, height - need);
  const cell = Math.min(count > 1 ? 64 : 86, least.cell + (spare * 0.3) / count);
  const between = Math.min(40, least.between + (spare * 0.15) / count);
  const laneSize = Math.min(lane.most, lane.least + spare * 0.4);
  const gap = Math.min(70, least.gap + spare * 0.3);
  const content = fixed - lane.least + laneSize + count * cell + (count - 1) * between + gap;
  const top = Math.max(0, (height - content) / 2);
  const output = top + HEAD;
  const laneTop = output + CHIP + 8;
  const states = laneTop + laneSize + 12;
  const input = states + count * cell + (count - 1) * between + gap;
  return {
    height: Math.max(height, content),
    bracketY: top + 30,
    output,
    input,
    chip: CHIP,
    lane: { y: laneTop, height: laneSize },
    cell: { width: widths.cell, height: cell },
    bracketX: input + CHIP + 24,
    columnWidth: (part) => (twoWay && part === 'encoder' ? widths.column : widths.single),
    chipWidth: (part) => (twoWay && part === 'encoder' ? 2 * widths.stagger + 16 : 28),
    dense,
    twoWay,
    state(layer, direction) {
      const row = twoWay ? 2 * layer + (direction === 'backward' ? 1 : 0) : layer;
      return states + (count - 1 - row) * (cell + between);
    },
    shift: (part, direction) => (!twoWay || part === 'decoder' ? 0 : direction === 'forward' ? -widths.stagger : widths.stagger),
  };
}
