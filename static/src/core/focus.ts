import type { Trace } from './wire';

export type Part = Trace['columns'][number]['part'];
export type Direction = Trace['layers'][number]['direction'];

/** What the visitor is looking at: one state of one column, perhaps one unit of it. */
export interface Focus {
  /** Index into `trace.columns`, from 0. */
  column: number;
  part: Part;
  layer: number;
  direction: Direction;
  /** One of the hidden units, from 0; null when no unit is chosen. */
  unit: number | null;
  /** True after a click: the focus then stays while the playhead moves on. */
  pinned: boolean;
}

/** Look at the top layer's forward state of one column. */
export function focusOn(trace: Trace, column: number): Focus {
  const last = trace.columns.length - 1;
  const index = Math.max(0, Math.min(last, column));
  return {
    column: index,
    part: trace.columns[index]?.part ?? 'encoder',
    layer: trace.network.topology.layers - 1,
    direction: 'forward',
    unit: null,
    pinned: false,
  };
}

/** Change a focus, and keep it possible: a part follows its column, and a decoder runs forward only. */
export function moved(focus: Focus, patch: Partial<Focus>, trace: Trace): Focus {
  const next = { ...focus, ...patch };
  next.column = Math.max(0, Math.min(trace.columns.length - 1, next.column));
  next.layer = Math.max(0, Math.min(trace.network.topology.layers - 1, next.layer));
  next.part = trace.columns[next.column]?.part ?? next.part;
  if (!recordOf(trace, next)) next.direction = 'forward';
  if (next.unit !== null && (next.unit < 0 || next.unit >= trace.network.hidden)) next.unit = null;
  return next;
}

/** Find the layer record that a focus points at. */
export function recordOf(
  trace: Trace,
  { part, layer, direction }: Pick<Focus, 'part' | 'layer' | 'direction'>,
): Trace['layers'][number] | undefined {
  return trace.layers.find((r) => r.part === part && r.layer === layer && r.direction === direction);
}

/** Read one named value at the step of a focus: (hidden,), or undefined where the cell has no such value. */
export function valuesAt(trace: Trace, focus: Focus, name: string): readonly number[] | undefined {
  const step = trace.columns[focus.column]?.step;
  return step === undefined ? undefined : recordOf(trace, focus)?.values[name]?.[step];
}
