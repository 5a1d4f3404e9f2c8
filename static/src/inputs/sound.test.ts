import { expect, test } from 'vitest';
import { whyNot } from './microphone';
import { cut, fileOf, outlineOf, peaksOf, secondsOf, wavOf } from './sound';

const wave = { samples: Float32Array.from({ length: 1000 }, (_, i) => (i < 500 ? 0.25 : -1)), rate: 500 };

test('a sound is written as a WAV file of 16 bits', async () => {
  const view = new DataView(await wavOf(wave).arrayBuffer());
  const letters = (at: number) => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
  expect([letters(0), letters(8), letters(36)]).toEqual(['RIFF', 'WAVE', 'data']);
  expect([view.getUint32(24, true), view.getUint32(40, true), view.byteLength]).toEqual([500, 2000, 2044]);
  expect([view.getInt16(44, true), view.getInt16(2042, true)]).toEqual([8192, -32767]);
});

test('a sound in an address is a file', async () => {
  const file = fileOf(`data:audio/wav;base64,${btoa('RIFF')}`);
  expect([file.type, await file.text()]).toEqual(['audio/wav', 'RIFF']);
});

test('a part of a sound keeps its rate', () => {
  const part = cut(wave, 0.25, 0.75);
  expect([part.samples.length, part.rate, secondsOf(part)]).toEqual([500, 500, 1]);
  expect([part.samples[249], part.samples[250]]).toEqual([0.25, -1]);
});

test('peaks say how loud each part is, and the loudest fills the height', () => {
  expect(peaksOf(wave, 4)).toEqual([0.25, 0.25, 1, 1]);
  expect(outlineOf(peaksOf(wave, 2), 42)).toBe('M0.5 16v10M1.5 1v40');
});

test('whoever gets no microphone is told why, and what else there is', () => {
  const named = (name: string) => whyNot(new DOMException('', name), true);
  const said = [whyNot(new TypeError(), false), ...['NotAllowedError', 'NotFoundError', 'NotReadableError'].map(named)];
  expect(new Set([...said, whyNot(new TypeError(), true)]).size).toBe(5);
  expect(said.every((words) => words.endsWith('end a file, or choose a sample.'))).toBe(true);
});
