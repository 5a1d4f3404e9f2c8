import type { Component } from 'svelte';
import type { Choices } from '../core/description';
import type { Focus } from '../core/focus';
import type { Notation } from '../core/notation';
import type { Theme } from '../core/scales';
import type { Trace } from '../core/wire';
import type { SoundClock } from './synth';

/** What every panel gets: the trace as far as it may be shown, where the visitor looks, and how to look elsewhere. */
export interface PanelProps {
  trace: Trace;
  focus: Focus;
  notation: Notation;
  theme: Theme;
  onfocus: (patch: Partial<Focus>) => void;
  /** The trace with what the playhead has not reached: for scales and orders that stay as they are while it plays. */
  whole?: Trace;
  /** How much of the run the playhead has reached, 0 to 1. */
  reached?: number;
  /** The playhead as a clock, for what sounds. Absent where nothing plays. */
  clock?: SoundClock;
  /** Move the playhead to a column. Absent where nothing plays; then looking there must do. */
  onvisit?: (column: number) => void;
  /** Ask for a trace with more in it: gradients of the output at a step. Absent where nobody can answer. */
  onrequest?: (patch: { gradient: number }) => void;
  /** Fetch the trace with the gradients of an output, and leave what is shown. Absent where nobody can answer. */
  ongradient?: (y: number, signal: AbortSignal) => Promise<Trace>;
  /** The API call that made this trace, where there is one. */
  call?: ApiCall;
  /** The example's other networks. Absent where there are none. */
  rivals?: Rivals;
}

/** The networks that can be put beside the one shown, and how to run the same input on them. */
export interface Rivals {
  axes: readonly Choices[];
  current: string;
  /** Run a variant, with the gradients of an output; -1: its last. */
  run: (variant: string, gradient: number, signal: AbortSignal) => Promise<Trace>;
  choose: (variant: string) => void;
}

export interface ApiCall {
  /** A path such as /api/v1/examples/names/trace. */
  path: string;
  body: unknown;
}

export interface Panel {
  id: string;
  title: string;
  applies: (trace: Trace, rivals?: Rivals) => boolean;
  /** Fetch what draws it: a page shows one panel, and needs no other. */
  load: () => Promise<{ default: Component<PanelProps> }>;
}

/** Visit a column: the playhead goes there; where nothing plays, only the focus does. */
export function visit({ onvisit, onfocus }: Pick<PanelProps, 'onvisit' | 'onfocus'>, column: number): void {
  if (onvisit) onvisit(column);
  else onfocus({ column, pinned: true });
}
