import { expect, test } from 'vitest';
import { labelled, traces } from '../fixtures';
import type { Recording } from '../core/wire';
import { heardSentence, partsOf, stepAtSecond } from './heard';

const { columns } = traces.manyToMany;
const source: Recording = { kind: 'sound', href: '', rate: 8000, seconds: 2, picture: '', width: 9, height: 4 };
const x_labels = columns.map((_, t) =>
  labelled('', t === 0 ? {} : { slice: { kind: 'time', first: 0.2 * t, last: 0.2 * (t + 1) } }),
);
const parts = partsOf({ source, columns, x_labels });

test('each step has its part of the sound, and a step of silence has none', () => {
  expect(parts.map(({ column }) => column)).toEqual([1, 2, 3, 4]);
  expect(partsOf({ source: null, columns, x_labels })).toEqual([]);
});

test('a second belongs to the step that heard it, or to the nearest', () => {
  expect([0, 0.25, 0.5, 9].map((second) => stepAtSecond(parts, second))).toEqual([0, 0, 1, 3]);
});

test('what is looked at is told in seconds', () => {
  expect(heardSentence(parts, 1)).toBe('0.40 s to 0.60 s, step 2 of 4');
});
