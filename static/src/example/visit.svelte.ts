import type { Description } from '../core/description';
import { type Failure, Refused, alone, bodyOf, patiently, requestTrace, wordsOf } from '../core/request';
import { type PageState, type Run, readUrl, sameRun, writeUrl } from '../core/url';
import type { Trace } from '../core/wire';
import { View } from './view.svelte';

const PATIENCE = 300; // milliseconds until waiting is worth showing
const KEPT = 24; // traces kept, so that Back redraws at once

/** What the server put into the page: a run, and what was wrong with the one that was asked for. */
export interface First {
  trace: Trace | null;
  problem: Failure | null;
}

/** One visitor on one example's page: what runs, what is shown of it, and what the address says. */
export class Visit extends View {
  run: Run = $state.raw({ input: '', variant: '', seed: 0, temperature: 1, method: null, width: null });
  /** True once an answer has kept the visitor waiting. */
  waiting = $state(false);
  problem: string = $state('');
  private readonly kept = new Map<string, Trace>();
  private pending: AbortController | null = null;
  override readonly linked = true;
  private passed: string | null = null; // the input that was last run while it was being written

  constructor(
    readonly description: Description,
    first: First,
    search: string,
  ) {
    super(description.title, description.slug);
    const state = readUrl(search, description);
    this.settle(state);
    if (first.problem) this.problem = wordsOf(first.problem);
    if (first.trace) this.show(first.trace, state);
    else void this.ask(state.run, state);
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

  /** Run what is still being written, and show its last step. All of one writing is one entry of the history. */
  async pass(input: string): Promise<boolean> {
    const goesOn = this.run.input === this.passed;
    if (alone() || !(await this.ask({ ...this.run, input }, { step: Infinity, pin: null }))) return false;
    this.passed = input;
    if (!goesOn) history.pushState(null, '', this.address(false));
    return true;
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
    const state = readUrl(search, this.description);
    this.settle(state);
    if (!sameRun(state.run, this.run)) await this.ask(state.run, state);
    else if (state.step !== null) this.playback.seek(state.step);
  }

  /** The query that leads to this very picture; with `exact`, also to this step. */
  override address(exact: boolean): string {
    return this.addressOf(this.run, exact);
  }

  private addressOf(run: Run, exact: boolean): string {
    const { notation, folded, coming, presenting, playback } = this;
    const pin = this.chosen?.pinned ? this.chosen : null;
    const step = exact ? playback.step : null;
    const state = {
      run,
      step,
      pin,
      notation,
      speed: playback.speed,
      folded,
      coming,
      presenting,
      value: this.value,
      panel: this.panel,
      embedded: this.embedded,
    };
    return writeUrl(state, this.description) || location.pathname;
  }

  override page(): string {
    const query = new URLSearchParams(this.address(true).split('?')[1]);
    query.delete('embed');
    query.delete('present');
    return `${location.pathname}?${query}`;
  }

  private settle(state: PageState): void {
    this.notation = state.notation;
    this.folded = state.folded;
    this.coming = state.coming;
    this.presenting = state.presenting;
    this.value = state.value;
    this.panel = state.panel;
    this.embedded = state.embedded;
    this.playback.speed = state.speed;
    if (!this.trace) this.run = state.run;
  }

  private async ask(run: Run, state: Pick<PageState, 'step' | 'pin'> | null): Promise<boolean> {
    const trace = await this.fetch(bodyOf(run, this.description));
    if (!trace) return false;
    this.problem = '';
    this.run = run;
    this.show(trace, state);
    return true;
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
