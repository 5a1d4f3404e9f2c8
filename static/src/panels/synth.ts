import type { Sheet } from './tune';

/** What moves the playhead, as far as sound needs to know it: where it is in seconds at speed 1, and how fast. */
export interface SoundClock {
  readonly playing: boolean;
  readonly second: number;
  readonly speed: number;
}

/** A note in seconds at speed 1. */
export interface Sound {
  pitch: number;
  start: number;
  seconds: number;
}

const AHEAD = 0.12; // seconds of real time in which notes are handed to the audio clock before they sound
const JUMP = 0.3; // seconds at speed 1: if the playhead is further away than this, somebody has moved it
const ATTACK = 0.008;
const RELEASE = 0.05;
const LOUDNESS = 0.22;
const SHARE = 0.9; // of its length that a note sounds, so that equal notes are heard apart
const SHORTEST = 0.06;

/** The notes of a tune in seconds. */
export function soundsOf({ notes, eighth }: Sheet): Sound[] {
  return notes.map(({ pitch, start, length }) => ({ pitch, start: start * eighth, seconds: length * eighth }));
}

export const frequency = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12);

/** The notes that begin in a stretch of time, its end not included. */
export function beginning(sounds: readonly Sound[], from: number, until: number): Sound[] {
  return sounds.filter(({ start }) => start >= from && start < until);
}

/** Lets notes sound as the playhead passes them. The playhead is the clock: nothing here keeps a time of its own. */
export class Synth {
  private readonly context = new AudioContext();
  private readonly out: GainNode;
  private voices = new Set<{ tone: OscillatorNode; gain: GainNode }>();
  /** Up to where notes have been handed over, in seconds at speed 1; null while nothing plays. */
  private done: number | null = null;

  constructor() {
    const soft = new BiquadFilterNode(this.context, { type: 'lowpass', frequency: 2600 });
    this.out = new GainNode(this.context, { gain: LOUDNESS });
    this.out.connect(soft).connect(this.context.destination);
  }

  /** Begin to sound; a browser allows it after a click or a key alone. */
  open(): Promise<void> {
    return this.context.resume();
  }

  close(): void {
    this.hush();
    void this.context.close();
  }

  /** Hand over the notes that begin next; called in every frame. */
  follow({ playing, second, speed }: SoundClock, sounds: readonly Sound[]): void {
    if (!playing) {
      if (this.done !== null) this.hush();
      this.done = null;
      return;
    }
    const until = second + AHEAD * speed;
    const moved = this.done !== null && (this.done < second - JUMP || this.done > until + JUMP);
    if (moved) this.hush();
    const from = this.done === null || moved ? second - 0.02 : this.done;
    for (const { pitch, start, seconds } of beginning(sounds, from, until))
      this.play(pitch, Math.max(0, start - second) / speed, seconds / speed);
    this.done = Math.max(from, until);
  }

  /** Sound one note alone, for whoever steps or scrubs. */
  touch({ pitch, seconds }: Sound): void {
    this.hush();
    this.play(pitch, 0, Math.min(0.5, Math.max(0.15, seconds)));
  }

  private play(pitch: number, delay: number, seconds: number): void {
    const at = this.context.currentTime + delay;
    const end = at + Math.max(SHORTEST, seconds * SHARE);
    const tone = new OscillatorNode(this.context, { type: 'triangle', frequency: frequency(pitch) });
    const gain = new GainNode(this.context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(1, at + ATTACK);
    gain.gain.setTargetAtTime(0.6, at + ATTACK, 0.1);
    gain.gain.setTargetAtTime(0, end - RELEASE, RELEASE / 3);
    tone.connect(gain).connect(this.out);
    tone.start(at);
    tone.stop(end + RELEASE);
    const voice = { tone, gain };
    this.voices.add(voice);
    tone.onended = () => this.voices.delete(voice);
  }

  /** End all that sounds or is about to. */
  private hush(): void {
    const now = this.context.currentTime;
    for (const { tone, gain } of this.voices) {
      gain.gain.cancelScheduledValues(now);
      gain.gain.setTargetAtTime(0, now, 0.01);
      tone.stop(now + 0.05);
    }
    this.voices.clear();
  }
}
