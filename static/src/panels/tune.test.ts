import { expect, test } from 'vitest';
import { midiOf, variable } from './midi';
import { beginning, frequency, soundsOf } from './synth';
import { type Sheet, abcOf, engraved, noteSentence, outputAt, outputOfCharacter, rollOf, tuneSentence } from './tune';

const sheet: Sheet = {
  head: 'X:1\nT:Jig\nR:jig\nM:6/8\nL:1/8\nQ:1/8=345\nK:C\n',
  pieces: ['', 'C', 'D2', ' | ', 'e3', ' :|\n', ''],
  meter: [6, 8],
  eighth: 0.2,
  notes: [
    { y: 1, pitch: 60, start: 0, length: 1 },
    { y: 2, pitch: 62, start: 1, length: 2 },
    { y: 4, pitch: 76, start: 3, length: 3 },
  ],
};
const seconds = [0, 0.2, 0.3, 0.1, 0.5, 0.1, 0];
const output = (label: string, p = 0.5) => ({
  index: 1,
  label,
  p,
  alternatives: [],
  forced: false,
  value: null,
});
const outputs = ['major', 'C4 ⅛', 'D4 ¼', '|', 'E5 ⅜', ':|', '⟨end⟩'].map((label) => output(label));
const span = (first: number, last: number) => ({ label: 'bar', name: 'full bar', kind: 0, first, last, p: 0.5 });
const spans = [span(1, 3), span(4, 5)];

test('the roll has high notes above, and each note as long as it sounds', () => {
  const roll = rollOf(sheet, { seconds, spans });
  expect(roll.notes.map(({ top }) => top)).toEqual([17, 15, 1]);
  expect(roll.notes.map(({ left, length }) => [left, length])).toEqual([
    [0, 1],
    [1, 2],
    [3, 3],
  ]);
  expect(roll.octaves.map(({ name }) => name)).toEqual(['C4', 'C5']);
  expect(roll.width).toBeCloseTo(6);
  expect(roll.lines.map((at) => Math.round(at))).toEqual([3, 6]);
});

test('an eighth of the roll belongs to the output that is heard then', () => {
  const { starts } = rollOf(sheet, { seconds, spans });
  expect([0, 0.9, 1.2, 3.2, 5.9, 99].map((at) => outputAt(starts, at))).toEqual([1, 1, 2, 4, 5, 6]);
});

test('a character of the score belongs to the output whose piece it is in', () => {
  const { text, ends } = engraved(sheet);
  expect(text).not.toMatch(/^[TRQ]:/m);
  expect(
    ['C', 'D', '|', 'e', ':'].map((c) => outputOfCharacter(ends, text.indexOf(c, text.indexOf('K:C\n') + 4))),
  ).toEqual([1, 2, 3, 4, 5]);
});

test('what is saved is what has been written', () => {
  expect(abcOf(sheet, 3)).toBe(`${sheet.head}CD2\n`);
  expect(abcOf(sheet, 7)).toContain('e3 :|');
});

test('a step is told with its bar, and what is to come is not', () => {
  expect(noteSentence({ outputs, spans }, 4)).toBe('t = 5: bar 2, E5 ⅜ (50 %)');
  expect(noteSentence({ outputs, spans }, 0)).toBe('t = 1: major (50 %)');
  expect(noteSentence({ outputs: [output('…')], spans }, 0)).toContain('not written yet');
});

test('notes and bars are counted as far as they are written', () => {
  const half = outputs.map((o, y) => (y < 4 ? o : output('…')));
  expect(tuneSentence({ outputs: half, spans }, 2)).toBe('2 notes in 1 bar so far.');
  expect(tuneSentence({ outputs, spans }, 3)).toBe('3 notes in 2 bars.');
});

test('MIDI writes numbers in groups of seven bits', () => {
  expect([0, 127, 128, 0x3fff, 0x4000].map(variable)).toEqual([[0], [127], [0x81, 0], [0xff, 0x7f], [0x81, 0x80, 0]]);
});

test('a MIDI file says how long it is, and holds every note on and off in order', () => {
  const file = [...midiOf(sheet, 'jig')];
  const view = new DataView(Uint8Array.from(file).buffer);
  expect(String.fromCharCode(...file.slice(0, 4))).toBe('MThd');
  expect(view.getUint32(18)).toBe(file.length - 22);
  const events: [number, number][] = [];
  for (let i = 22; i < file.length - 1; i += 1)
    if ((file[i] === 0x90 || file[i] === 0x80) && (file[i + 1] ?? 0) >= 60)
      events.push([file[i] ?? 0, file[i + 1] ?? 0]);
  expect(events).toEqual([
    [0x90, 60],
    [0x80, 60],
    [0x90, 62],
    [0x80, 62],
    [0x90, 76],
    [0x80, 76],
  ]);
});

test('A above middle C has 440 Hz, and an octave doubles it', () => {
  expect([69, 81, 60].map((pitch) => Math.round(frequency(pitch)))).toEqual([440, 880, 262]);
});

test('notes that follow one another are handed over once each', () => {
  const sounds = soundsOf(sheet);
  const cuts = [0, 0.1, 0.2, 0.21, 0.6, 1.3];
  const given = cuts.slice(1).flatMap((until, i) => beginning(sounds, cuts[i] ?? 0, until));
  expect(given).toEqual(sounds);
});
