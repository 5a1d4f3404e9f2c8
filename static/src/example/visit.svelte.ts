import type { Description } from '../core/description';
import { type Focus, focusOn, moved } from '../core/focus';
import { type Problem, Refused, alone, bodyOf, patiently, requestTrace, wordsOf } from '../core/request';
import { type Place, type Run, readPlace, sameRun, writePlace } from '../core/url';
import type { Trace } from '../core/wire';
import { Playback } from '../diagram/playback.svelte';
import { stepCount } from '../core/timeline';

const PATIENCE = 300; // milliseconds until waiting is worth showing
const KEPT = 24; // traces kept, so that Back redraws at once

/** What the server put into the page: a run, and what was wrong with the one that was asked for. */
export interface First {
  trace: Trace | null;
  problem: Problem | null;
}

/** One visitor on one example's page: what runs, what is shown of it, and what the address says. */
export class Visit {
  run: Run = $state.raw({ input: '', variant: '', seed: 0, temperature: 1, method: null, width: null });
  trace: Trace | null = $state.raw(null);
  /** True once an answer has kept the visitor waiting. */
  waiting = $state(false);
  problem: string = $state('');
  notation: Place['notation'] = $state('ng');
  folded = $state(false);
  /** True where what the playhead has not reached is shown too. */
  coming = $state(false);
  /** The value of the cell that its strips show. */
  value = $state('h');
  /** The panel that was chosen; empty for the first that applies. */
  panel = $state('');
  embedded = false;
  readonly playback: Playback;
  /** What somebody points at or has pinned; without it, the focus follows the playhead. */
  private looked: Focus | null = $state.raw(null);
  private unit: number | null = $state(null);
  /** What was last pinned or let go, to be told. */
  pinning: Focus | null = $state.raw(null);
  private readonly kept = new Map<string, Trace>();
  private pending: AbortController | null = null;

  constructor(
    readonly description: Description,
    first: First,
    search: string,
  ) {
    const place = readPlace(search, description);
    this.playback = new Playback(0);
    this.settle(place);
    if (first.problem) this.problem = wordsOf(first.problem);
    if (first.trace) this.show(first.trace, place);
    else void this.ask(place.run, place);
  }

  /** Which state the inspector shows, when the playhead stands in a column. */
  focus(trace: Trace, column: number): Focus {
    return this.looked ?? { ...focusOn(trace, column), unit: this.unit };
  }

  /** Look elsewhere. A change of `pinned` decides whether the playhead may take the focus along again. */
  look(trace: Trace, column: number, patch: Partial<Focus>): void {
    const next = moved(this.focus(trace, column), patch, trace);
    if (patch.unit !== undefined) this.unit = next.unit;
    if (patch.pinned) this.pinning = next;
    else if (patch.pinned === false && this.looked?.pinned) this.pinning = { ...this.looked, pinned: false };
    this.looked = patch.pinned === false ? null : next;
  }

  /** Let go of all, because the playhead goes elsewhere: the step is told, and nothing else. */
  release(): void {
    this.looked = this.pinning = null;
  }

  /** Let go of what was only pointed at. */
  leave(): void {
    if (!this.looked?.pinned) this.looked = null;
  }

  /**
   * Run something else: a new entry of the history, so that Back returns to the picture before. True once it is shown.
   * Another network on the same input is shown at the step where the playhead is, to be compared there.
   */
  async go(change: Partial<Run>): Promise<boolean> {
    const run = { ...this.run, ...change };
    if (sameRun(run, this.run) && this.trace && !this.problem) return true;
    if (alone()) {
      location.assign(this.addressOf(run, false)); // the server puts the run into the page
      return false;
    }
    const rests = sameRun({ ...run, variant: this.run.variant }, this.run) && !this.playback.playing;
    const shown = await this.ask(run, rests ? { step: this.playback.step, pin: null } : null);
    if (shown) history.pushState(null, '', this.address(false));
    return shown;
  }

  /** Ask for more about the same run: gradients of one output. */
  async enrich({ gradient }: { gradient: number }): Promise<void> {
    const trace = await this.fetch(bodyOf(this.run, this.description, gradient));
    if (trace) this.trace = trace;
  }

  /** Run something beside what is shown, which stays, with the gradients of an output. Rejects with Refused. */
  beside(run: Run, gradient: number, signal: AbortSignal): Promise<Trace> {
    return this.have(bodyOf(run, this.description, gradient), signal);
  }

  /** Go where the address says, after Back or Forward. */
  async follow(search: string): Promise<void> {
    const place = readPlace(search, this.description);
    this.settle(place);
    if (!sameRun(place.run, this.run)) await this.ask(place.run, place);
    else if (place.step !== null) this.playback.seek(place.step);
  }

  /** The query that leads to this very picture; with `exact`, also to this step. */
  address(exact: boolean): string {
    return this.addressOf(this.run, exact);
  }

  private addressOf(run: Run, exact: boolean): string {
    const { notation, folded, coming, playback } = this;
    const pin = this.looked?.pinned ? this.looked : null;
    const step = exact ? playback.step : null;
    const place = {
      run,
      step,
      pin,
      notation,
      speed: playback.speed,
      folded,
      coming,
      value: this.value,
      panel: this.panel,
      embedded: this.embedded,
    };
    return writePlace(place, this.description) || location.pathname;
  }

  /** The address of the whole page that shows what a frame shows. */
  page(): string {
    const query = new URLSearchParams(this.address(true).split('?')[1]);
    query.delete('embed');
    return `${location.pathname}?${query}`;
  }

  private settle(place: Place): void {
    this.notation = place.notation;
    this.folded = place.folded;
    this.coming = place.coming;
    this.value = place.value;
    this.panel = place.panel;
    this.embedded = place.embedded;
    this.playback.speed = place.speed;
    if (!this.trace) this.run = place.run;
  }

  private async ask(run: Run, place: Pick<Place, 'step' | 'pin'> | null): Promise<boolean> {
    const trace = await this.fetch(bodyOf(run, this.description));
    if (!trace) return false;
    this.problem = '';
    this.run = run;
    this.show(trace, place);
    return true;
  }

  private show(trace: Trace, place: Pick<Place, 'step' | 'pin'> | null): void {
    this.trace = trace;
    this.pinning = null;
    this.playback.restart(stepCount(trace), place?.step ?? null);
    this.looked = place?.pin ? moved({ ...focusOn(trace, place.pin.column), pinned: true }, place.pin, trace) : null;
  }

  private async fetch(body: object): Promise<Trace | null> {
    this.pending?.abort();
    const pending = (this.pending = new AbortController());
    const { problem } = this; // more about the same run does not answer what was wrong with another
    const timer = setTimeout(() => (this.waiting = true), PATIENCE);
    try {
      const trace = await this.have(body, pending.signal, (words) => (this.problem = words));
      if (!pending.signal.aborted) this.problem = problem;
      return pending.signal.aborted ? null : trace;
    } catch (error) {
      if (!pending.signal.aborted) this.problem = error instanceof Refused ? error.message : String(error);
      return null;
    } finally {
      clearTimeout(timer);
      if (this.pending === pending) this.waiting = false;
    }
  }

  private async have(body: object, signal: AbortSignal, tell: (words: string) => void = () => {}): Promise<Trace> {
    const key = JSON.stringify(body);
    const trace =
      this.kept.get(key) ?? (await patiently(() => requestTrace(this.description.slug, body, signal), signal, tell));
    this.keep(key, trace);
    return trace;
  }

  private keep(key: string, trace: Trace): void {
    this.kept.delete(key);
    this.kept.set(key, trace);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}
