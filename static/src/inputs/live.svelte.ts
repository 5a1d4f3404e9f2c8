import type { InputReading } from '../core/wire';
import { Refused, requestReading, wordsOf } from '../core/request';

const PAUSE = 250; // milliseconds of rest between the last key and the question

/** What the network would read of a text while it is being typed; the latest text alone is asked about. */
export class LiveReading {
  reading: InputReading | null = $state.raw(null);
  /** Why the text cannot be read, in the server's words. */
  problem = $state('');
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pending: AbortController | null = null;
  private notBefore = 0; // milliseconds: when the server wants to be asked again

  constructor(private readonly slug: string) {}

  /** Ask about a text soon, unless another one follows. */
  follow(input: string, variant: string): void {
    this.stop();
    this.timer = setTimeout(() => void this.ask(input, variant), Math.max(PAUSE, this.notBefore - Date.now()));
  }

  /** Ask nothing more, and wait for no answer. */
  stop(): void {
    clearTimeout(this.timer);
    this.pending?.abort();
    this.pending = null;
  }

  private async ask(input: string, variant: string): Promise<void> {
    const pending = (this.pending = new AbortController());
    try {
      const reading = await requestReading(this.slug, { input, variant }, pending.signal);
      if (!pending.signal.aborted) [this.reading, this.problem] = [reading, ''];
    } catch (error) {
      if (pending.signal.aborted) return;
      if (error instanceof Refused && error.after !== null) this.notBefore = Date.now() + error.after * 1000;
      // Only what is wrong with the text matters before it runs; a run says the rest.
      const about = error instanceof Refused && error.problem.status === 422;
      [this.reading, this.problem] = [null, about ? wordsOf(error.problem) : ''];
    }
  }
}
