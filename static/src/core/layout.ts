import { isBlank, type SpanBox, spanBoxes } from './collapse';
import type { Direction } from './focus';
import { type Curve, type Rect, middle, textWidth } from './geometry';
import { type Dependency, type Graph, type Item, graphOf } from './graph';
import { type Rows, leastHeight, rowsOf } from './rows';
import { route } from './routes';
import { said } from './said';
import { type Timetable, timetableOf } from './timeline';
import { proportionOf, sliceAt } from './slice';
import { isHidden } from './veil';
import { type Track, trackOf } from './verdict';
import type { Column, Trace } from './wire';

export interface Box extends Rect {
  item: Item;
}

export interface Line {
  edge: Dependency;
  curve: Curve;
}

/** A column as it is drawn: its middle, and the width that belongs to it alone. */
export interface Slot {
  column: Column;
  middle: number;
  width: number;
}

export interface Bracket {
  symbol: 'T_x' | 'T_y';
  length: number;
  /** What is not plain from the number: that nothing is read, that the end is counted as an output. */
  note: '' | 'x = ∅' | 'end included' | 'blanks alone';
  /** The columns that it covers: those that read x, or those that emit what is left. */
  columns: number[];
  start: number;
  end: number;
  y: number;
}

/** Everything that is drawn, with its place and its time, and nothing about how it looks. */
export interface Scene {
  /** How large a unit of the scene is drawn, in pixels: below 1 where the window is too low for its rows. */
  scale: number;
  width: number;
  height: number;
  graph: Graph;
  times: Timetable;
  /** The number that is followed from column to column, if there is one. */
  track: Track | null;
  rows: Rows;
  slots: Slot[];
  boxes: Box[];
  lines: Line[];
  /** What is read off outputs that collapse. */
  reading: SpanBox[];
  brackets: Bracket[];
}

export interface Size {
  width: number;
  height: number;
}

/** What stands for a blank: a quiet mark. */
export const BLANK = '·';
export const CHIP_TEXT = 13;
const CHIP_MAX = 118;
const NARROWEST = 26; // a picture's chip that can still be clicked
const GAP_PARTS = 30; // between the encoder and the decoder
const GUTTER = 64; // room for the state before the first step
const SMALLEST = 0.5; // of a scale: below it nothing could be read
const SPREAD = 56; // how much wider than needed a column may become to fill the picture

/** The text of the chip at a column's foot: the word read, or the output that is fed back. */
export function inputText(trace: Trace, column: Column | undefined): string {
  if (!column) return '';
  if (column.x !== null) return trace.x_labels[column.x]?.text ?? '';
  return column.y_prev === null ? '∅' : said(trace.outputs[column.y_prev]);
}

/** The text of the chip at a column's head: the class, or the number where a line tells its meaning. */
export function outputText(trace: Trace, column: Column, track: Track | null): string {
  const output = column.y === null ? undefined : trace.outputs[column.y];
  if (!output || isHidden(output)) return output?.label ?? '';
  if (isBlank(trace, output)) return BLANK;
  return track && !track.running ? track.scale.write(track.scale.read(output)) : said(output);
}

function chipWidth(text: string, least: number): number {
  return Math.min(CHIP_MAX, Math.max(least, textWidth(text, CHIP_TEXT) + 18));
}

/** How wide the chip at a column's foot is: as its word, or in the shape of the picture that it holds. */
function inputWidth(trace: Trace, column: Column, rows: Rows): number {
  const slice = sliceAt(trace, column);
  const proportion = slice && trace.source && proportionOf({ source: trace.source, slice });
  if (proportion) return Math.min(CHIP_MAX, Math.max(NARROWEST, rows.inputChip * proportion));
  return chipWidth(slice ? '' : inputText(trace, column), rows.chipWidth(column.part));
}

function neededWidths(trace: Trace, rows: Rows, track: Track | null): number[] {
  return trace.columns.map((column) => {
    const output = column.y === null ? 0 : chipWidth(outputText(trace, column, track), 46);
    const input = inputWidth(trace, column, rows) + (column.y_prev === null ? 0 : 10);
    return Math.max(rows.columnWidth(column.part), input + 8, output + (trace.outputs.length > 1 ? 10 : 8));
  });
}

/** Put the columns side by side, spread over the width where there is room, scrolling where there is not. */
function slotsOf(trace: Trace, rows: Rows, track: Track | null, width: number): { slots: Slot[]; width: number } {
  const needed = neededWidths(trace, rows, track);
  const handsOver = (t: number) => t > 0 && trace.columns[t]?.part !== trace.columns[t - 1]?.part;
  const gaps = trace.columns.map((_, t) => (handsOver(t) ? (rows.twoWay ? GUTTER : GAP_PARTS) : 0));
  const right = rows.twoWay && trace.columns.at(-1)?.part === 'encoder' ? GUTTER : 18;
  const sum = (widths: number[]) => widths.reduce((a, b) => a + b, 0);
  const fixed = GUTTER + right + sum(gaps) + sum(needed);
  const spread = Math.max(0, Math.min(SPREAD, (width - fixed) / needed.length));
  const total = fixed + spread * needed.length;
  let x = GUTTER + Math.max(0, (width - total) / 2);
  const slots = trace.columns.map((column, t) => {
    x += gaps[t] ?? 0;
    const own = (needed[t] ?? 0) + spread;
    x += own;
    return { column, middle: x - own / 2, width: own };
  });
  return { slots, width: Math.max(width, total) };
}

function boxOf(item: Item, slot: Slot, rows: Rows, trace: Trace, track: Track | null): Box {
  const centred = (cx: number, y: number, width: number, height: number): Box => ({
    item,
    x: cx - width / 2,
    y,
    width,
    height,
  });
  const { column, middle: cx } = slot;
  switch (item.kind) {
    case 'x':
    case 'feed':
    case 'empty':
      return centred(cx, rows.input, inputWidth(trace, column, rows), rows.inputChip);
    case 'y':
      return centred(cx, rows.output, chipWidth(outputText(trace, column, track), 46), rows.chip);
    case 'verdict':
      return centred(cx, rows.lane.y, 14, rows.lane.height);
    case 'h':
      return centred(
        cx + rows.shift(item.part, item.direction),
        rows.state(item.layer, item.direction),
        rows.cell.width,
        rows.cell.height,
      );
    case 'initial':
      return initialBox(item, cx, rows, slot);
  }
}

/** The state before the first step stands outside the first column of its own direction. */
function initialBox(item: Item, cx: number, rows: Rows, slot: Slot): Box {
  const side = item.direction === 'forward' ? -1 : 1;
  const x = cx + side * (slot.width / 2 + 20) - 17;
  const y = rows.state(item.layer, item.direction) + rows.cell.height / 2 - 9;
  return { item, x, y, width: 34, height: 18 };
}

function noteOf(symbol: 'T_x' | 'T_y', trace: Trace): Bracket['note'] {
  if (symbol === 'T_x') return trace.T_x === 0 ? 'x = ∅' : '';
  if (trace.reading?.length === 0) return 'blanks alone';
  const { end } = trace.network;
  return end !== null && trace.outputs.at(-1)?.index === end ? 'end included' : '';
}

function bracketOf(symbol: 'T_x' | 'T_y', trace: Trace, slots: Slot[], boxes: Map<string, Box>, rows: Rows): Bracket {
  const left = (y: number | null) =>
    !trace.reading || trace.reading.some((s) => y !== null && s.first <= y && y <= s.last);
  const index = (c: Column) => (symbol === 'T_x' ? c.x : left(c.y) ? c.y : null);
  const covered = slots.filter((p) => index(p.column) !== null);
  const ends = covered
    .map((p) => boxes.get(symbol === 'T_x' ? `in.${p.column.t}` : `y.${p.column.y}`))
    .filter((b) => !!b);
  const [first, last] = [ends[0], ends.at(-1)];
  const foot = boxes.get('in.0');
  return {
    symbol,
    length: trace[symbol],
    note: noteOf(symbol, trace),
    columns: covered.map((p) => p.column.t),
    start: first?.x ?? (foot ? middle(foot) : 0),
    end: last ? last.x + last.width : foot ? middle(foot) : 0,
    y: symbol === 'T_x' ? rows.bracketX : rows.bracketY,
  };
}

/** Give every column the room it likes; where that does not fit the window, draw densely. */
function fit(
  trace: Trace,
  graph: Graph,
  track: Track | null,
  size: Size,
): { rows: Rows; slots: Slot[]; width: number } {
  const roomy = rowsOf(trace, graph, size.height, false);
  const placed = slotsOf(trace, roomy, track, size.width);
  if (placed.width <= size.width) return { rows: roomy, ...placed };
  const dense = rowsOf(trace, graph, size.height, true);
  return { rows: dense, ...slotsOf(trace, dense, track, size.width) };
}

/** Lay a trace out in a window of a given size: it runs out of it sideways where it is long, never downwards. */
export function layout(trace: Trace, pixels: Size): Scene {
  const graph = graphOf(trace);
  const track = trackOf(trace);
  const scale = Math.max(SMALLEST, Math.min(1, pixels.height / leastHeight(trace, graph)));
  const size = { width: pixels.width / scale, height: pixels.height / scale };
  const { rows, slots, width } = fit(trace, graph, track, size);
  const boxes = new Map<string, Box>();
  for (const item of graph.items) {
    const slot = slots[item.column];
    if (slot) boxes.set(item.id, boxOf(item, slot, rows, trace, track));
  }
  const lines: Line[] = [];
  for (const edge of graph.edges) {
    const [from, to] = [boxes.get(edge.from.id), boxes.get(edge.to.id)];
    if (from && to) lines.push({ edge, curve: route(edge, from, to, rows) });
  }
  const brackets = (['T_x', 'T_y'] as const).map((s) => bracketOf(s, trace, slots, boxes, rows));
  const times = timetableOf(graph);
  const reading = spanBoxes(trace, boxes, rows);
  return {
    scale,
    width,
    height: rows.height,
    graph,
    times,
    track,
    rows,
    slots,
    boxes: [...boxes.values()],
    lines,
    reading,
    brackets,
  };
}

/** An arc of attention, and its weight: from an encoder state to where the context joins the decoder's way to ŷ. */
export interface Arc {
  source: number;
  weight: number;
  curve: Curve;
}

const topState = (scene: Scene, column: number, direction: Direction) =>
  scene.boxes.find((b) => b.item.id === `h.${column}.${scene.graph.topology.layers - 1}.${direction}`);

const JOIN = 20; // above the cell: the cell's own state is computed without the context

/** The arcs of one decoder column, one for each input; none for any other column, and none to the places of a picture. */
export function arcsOf(
  scene: Scene,
  { attention, places }: Pick<Trace, 'attention' | 'places'>,
  column: number,
): Arc[] {
  if (places) return [];
  const y = scene.graph.columns[column]?.y;
  const weights = y === null || y === undefined ? undefined : attention?.[y];
  const reader = topState(scene, column, 'forward');
  if (!weights || !reader) return [];
  const direction = scene.rows.twoWay ? 'backward' : 'forward';
  return weights.flatMap((weight, source) => {
    const memory = topState(scene, source, direction);
    if (!memory) return [];
    const [ax, ay, bx, by] = [middle(memory), memory.y - 3, middle(reader), reader.y - JOIN];
    const high = scene.rows.lane.y + 4;
    return [{ source, weight, curve: [ax, ay, ax, high, bx - 64, high, bx, by] as const }];
  });
}
