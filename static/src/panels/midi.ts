import type { Sheet } from './tune';

/** Writes a tune as a Standard MIDI File of format 0 (MIDI 1.0, "Standard MIDI Files"). */

const QUARTER = 480; // ticks
const VELOCITY = 80;
const ON = 0x90;
const OFF = 0x80;

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const big = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => (value >>> (8 * (bytes - 1 - i))) & 0xff);
const chunk = (name: string, body: readonly number[]): number[] => [...ascii(name), ...big(body.length, 4), ...body];

/** A number in groups of seven bits, the highest first; all but the last are marked. */
export function variable(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

/** Write the notes of a tune, in its meter and at its pace. A part that is repeated sounds once, as in the picture. */
export function midiOf({ notes, meter: [upper, lower], eighth }: Sheet, title: string): Uint8Array<ArrayBuffer> {
  const tick = (eighths: number): number => Math.round((eighths * QUARTER) / 2);
  const events = notes
    .flatMap(({ pitch, start, length }) => [
      { at: tick(start), bytes: [ON, pitch, VELOCITY] },
      { at: tick(start + length), bytes: [OFF, pitch, 0] },
    ])
    .sort((a, b) => a.at - b.at || (a.bytes[0] ?? 0) - (b.bytes[0] ?? 0)); // a note ends before the next begins
  const name = ascii(title.replace(/[^ -~]/g, '?'));
  const track = [
    ...[0, 0xff, 0x03, ...variable(name.length), ...name],
    ...[0, 0xff, 0x51, 3, ...big(Math.round(2e6 * eighth), 3)],
    ...[0, 0xff, 0x58, 4, upper, Math.log2(lower), 24, 8],
  ];
  let before = 0;
  for (const { at, bytes } of events) {
    track.push(...variable(at - before), ...bytes);
    before = at;
  }
  track.push(0, 0xff, 0x2f, 0);
  const header = chunk('MThd', [...big(0, 2), ...big(1, 2), ...big(QUARTER, 2)]);
  return new Uint8Array([...header, ...chunk('MTrk', track)]);
}
