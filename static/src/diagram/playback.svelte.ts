import { prefersReducedMotion } from 'svelte/motion';
import { stepAt } from '../core/timeline';

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

/** How many steps a second pass at speed 1: a short sequence is watched slowly, a long one keeps moving. */
export function pace(steps: number): number {
  return Math.max(0.9, Math.min(4, steps / 14));
}

/** The clock of the picture. It turns only while something plays; whoever scrubs moves the playhead itself. */
export class Playback {
  private head = $state(0);
  /** The step under way: set and not derived, so that what shows a step is not asked in every frame whether it changed. */
  step = $state(0);
  playing = $state(false);
  speed = $state(1);
  steps = $state(0);
  private last = 0;
  private request = 0;
  private still = false;

  constructor(steps: number) {
    this.steps = steps;
  }

  get playhead(): number {
    return this.head;
  }

  set playhead(at: number) {
    this.head = at;
    this.step = stepAt(at);
  }

  /** Take up another run: at a step that somebody linked to, else from the start, playing if motion is welcome. */
  restart(steps: number, step: number | null): void {
    this.steps = steps;
    this.seek(step ?? (prefersReducedMotion.current ? steps : 0));
    if (step === null && !prefersReducedMotion.current) this.play();
  }

  /** Play on; from the end, play again from the start. */
  play(): void {
    if (this.playing || this.steps === 0) return;
    if (this.playhead >= this.steps) this.playhead = 0;
    this.playing = true;
    this.last = performance.now();
    this.still = prefersReducedMotion.current; // once: asking makes a browser restyle the page, in every frame
    this.request = requestAnimationFrame(this.turn);
  }

  pause(): void {
    this.playing = false;
    cancelAnimationFrame(this.request);
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Go to an instant and stay there. */
  seek(playhead: number): void {
    this.pause();
    this.playhead = Math.max(0, Math.min(this.steps, playhead));
  }

  /** Go to the next whole step, or back to the one before. */
  move(by: 1 | -1): void {
    this.seek(by > 0 ? Math.floor(this.playhead + 1e-6) + 1 : Math.ceil(this.playhead - 1e-6) - 1);
  }

  private readonly turn = (now: number): void => {
    if (this.still) this.jump(now);
    else this.flow(now);
    if (this.playhead >= this.steps) this.playing = false;
    else this.request = requestAnimationFrame(this.turn);
  };

  private flow(now: number): void {
    const seconds = Math.min(0.1, (now - this.last) / 1000); // a tab that slept does not leap
    this.last = now;
    this.playhead = Math.min(this.steps, this.playhead + seconds * this.speed * pace(this.steps));
  }

  /** With reduced motion, steps follow one another as stills. */
  private jump(now: number): void {
    if ((now - this.last) / 1000 < 1 / (this.speed * pace(this.steps))) return;
    this.last = now;
    this.playhead = Math.min(this.steps, Math.floor(this.playhead) + 1);
  }
}
