import { type Focus, focusOn, moved } from '../core/focus';
import { paceOf } from '../core/pace';
import { columnsOf } from '../core/timeline';
import type { PageState } from '../core/url';
import type { Trace } from '../core/wire';
import { Playback } from '../diagram/playback.svelte';

/** What is shown of a trace, and how: the one thing that the picture, the inspector and the panels of a page share. */
export class View {
  trace: Trace | null = $state.raw(null);
  notation: PageState['notation'] = $state('ng');
  folded = $state(false);
  /** True where what the playhead has not reached is shown too. */
  coming = $state(false);
  /** True while the picture is shown to a class; then the cell and a panel come and go. */
  presenting = $state(false);
  aside = $state({ cell: true, panel: false });
  /** The value of the cell that its strips show. */
  value = $state('h');
  /** The panel that was chosen; empty for the first that applies. */
  panel = $state('');
  /** True where the picture stands alone in a frame. */
  embedded = false;
  /** True where what is shown has an address. */
  readonly linked: boolean = false;
  readonly playback = new Playback([0]);
  /** What somebody points at or has pinned; without it, the focus follows the playhead. */
  protected chosen: Focus | null = $state.raw(null);
  /** The unit that is looked at in every state; null for the one that moves most. */
  unit: number | null = $state(null);
  /** What was last pinned or let go, for screen readers to announce. */
  pinning: Focus | null = $state.raw(null);

  /** `title` and `slug` name what is shown, in sentences and in the names of files. */
  constructor(
    readonly title: string,
    readonly slug: string,
  ) {}

  /** Which state the inspector shows, when the playhead stands in a column. */
  focus(trace: Trace, column: number): Focus {
    return this.chosen ?? { ...focusOn(trace, column), unit: this.unit };
  }

  /** Move the focus. A change of `pinned` decides whether the playhead may take the focus along again. */
  moveFocus(trace: Trace, column: number, patch: Partial<Focus>): void {
    const next = moved(this.focus(trace, column), patch, trace);
    if (patch.unit !== undefined) this.unit = next.unit;
    if (patch.pinned) this.pinning = next;
    else if (patch.pinned === false && this.chosen?.pinned) this.pinning = { ...this.chosen, pinned: false };
    this.chosen = patch.pinned === false ? null : next;
  }

  /** Look at one unit in every state, wherever the focus goes; null for the one that moves most. */
  chooseUnit(unit: number | null): void {
    this.unit = unit;
    if (this.chosen) this.chosen = { ...this.chosen, unit };
  }

  /** Let go of everything, because the playhead goes elsewhere: then only the step is announced. */
  release(): void {
    this.chosen = this.pinning = null;
  }

  /** Let go of what was only pointed at. */
  leave(): void {
    if (!this.chosen?.pinned) this.chosen = null;
  }

  /** The address of what is shown, with `exact` at this step; empty where it has none that could be sent to somebody. */
  address(_exact: boolean): string {
    return '';
  }

  /** The address of the whole page that shows what a frame shows. */
  page(): string {
    return '';
  }

  /** Show a trace: at a step, with a state pinned, or else from its start. */
  show(trace: Trace, state: Pick<PageState, 'step' | 'pin'> | null = null): void {
    this.trace = trace;
    this.pinning = null;
    this.playback.restart(paceOf(trace, columnsOf(trace)), state?.step ?? null);
    this.chosen = state?.pin ? moved({ ...focusOn(trace, state.pin.column), pinned: true }, state.pin, trace) : null;
  }
}
