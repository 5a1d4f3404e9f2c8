import type { Trace } from '../core/wire';

/** What came of one network's run; the last trace stays while the next is under way. */
export interface Rival {
  id: string;
  label: string;
  trace: Trace | null;
  /** Why there is no trace, in the server's words. */
  problem: string;
  waiting: boolean;
}

/** Several networks that run the same input, each shown as soon as it is done. */
export class Contest {
  rivals: readonly Rival[] = $state.raw([]);
  private pending: AbortController | null = null;

  /** Run these networks. What they were asked before is no longer wanted. */
  follow(
    variants: readonly { id: string; label: string }[],
    run: (variant: string, signal: AbortSignal) => Promise<Trace>,
  ): void {
    this.stop();
    const { signal } = (this.pending = new AbortController());
    const before = new Map(this.rivals.map((rival) => [rival.label, rival.trace]));
    this.rivals = variants.map(({ id, label }) => ({
      id,
      label,
      trace: before.get(label) ?? null,
      problem: '',
      waiting: true,
    }));
    for (const { id } of variants) {
      run(id, signal).then(
        (trace) => this.settle(signal, id, { trace, problem: '' }),
        (error: unknown) =>
          this.settle(signal, id, { trace: null, problem: error instanceof Error ? error.message : String(error) }),
      );
    }
  }

  /** Wait for no answer any more. */
  stop(): void {
    this.pending?.abort();
    this.pending = null;
  }

  private settle(signal: AbortSignal, id: string, came: Pick<Rival, 'trace' | 'problem'>): void {
    if (signal.aborted) return;
    this.rivals = this.rivals.map((rival) => (rival.id === id ? { ...rival, ...came, waiting: false } : rival));
  }
}
