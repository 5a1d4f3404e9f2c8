import { createContext } from 'svelte';
import type { Focus } from '../core/focus';
import type { Scene } from '../core/layout';
import type { Frame } from '../core/timeline';
import type { Trace } from '../core/wire';
import type { Appearance } from './appearance';

/** All that a picture is drawn from, at one instant. Its fields are live: whoever reads one is drawn again when it changes. */
export interface Picture {
  /** The trace as far as it may be shown; with `coming`: all of it, what is to come faintly. */
  readonly trace: Trace;
  readonly coming: boolean;
  readonly scene: Scene;
  readonly frame: Frame;
  /** The step and the column under way; they change less often than the frame. */
  readonly step: number;
  readonly now: number;
  readonly focus: Focus;
  readonly appearance: Appearance;
  readonly onfocus: (patch: Partial<Focus>) => void;
  readonly onvisit: (column: number) => void;
}

/** The picture that a part belongs to. */
export const [pictured, setPicture] = createContext<Picture>();

/** How far a box or an arrow of the picture has come, by its id: 0 to 1. */
export const [progressing, setProgress] = createContext<(id: string) => number>();
