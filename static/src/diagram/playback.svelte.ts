import { prefersReducedMotion } from 'svelte/motion';
import { type Pace, playheadAt, rateOf, secondAt } from '../core/pace';
import { stepAt } from '../core/timeline';

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

/** The clock of the picture. It turns only while something plays; whoever scrubs moves the playhead itself. */
export class Playback {
  private head = $state(0);
  /** The step under way: set and not derived, so that what shows a step is not asked in every frame whether it changed. */
  step = $state(0);
  playing = $state(false);
  speed = $state(1);
  /** When the steps begin, in seconds at speed 1. */
  pace: Pace = $state.raw([0]);
  private last = 0;
  private request = 0;
  private still = false;

  constructor(pace: Pace) {
    this.pace = pace;
  }

  get steps(): number {
    return this.pace.length - 1;
  }

  /** How many steps a second pass at the speed chosen, on the whole. */
  get rate(): number {
    return this.speed * rateOf(this.pace);
  }

  /** The second that the playhead is at, as time passes at speed 1. */
  get second(): number {
    return secondAt(this.pace, this.playhead);
  }

  get playhead(): number {
    return this.head;
  }

  set playhead(at: number) {
    this.head = at;
    this.step = stepAt(at);
  }

  /** Take up another run: at a step that somebody linked to, else from the start, playing if motion is welcome. */
  restart(pace: Pace, step: number | null): void {
    this.pace = pace;
    this.seek(step ?? (prefersReducedMotion.current ? this.steps : 0));
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
    const seconds = Math.min(0.1, (now - this.last) / 1000); // a tab that was in the background does not jump ahead
    this.last = now;
    this.playhead = playheadAt(this.pace, this.second + seconds * this.speed);
  }

  /** With reduced motion, steps follow one another as stills. */
  private jump(now: number): void {
    const next = Math.min(this.steps, Math.floor(this.playhead) + 1);
    if ((now - this.last) / 1000 < (secondAt(this.pace, next) - this.second) / this.speed) return;
    this.last = now;
    this.playhead = next;
  }
}
