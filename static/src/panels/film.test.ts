import { expect, test } from 'vitest';
import { labelled, traces } from '../fixtures';
import type { Points } from '../core/wire';
import { framesFor, shotAt, shotSentence, shotsOf } from './film';

const trace = traces.manyToMany;
const source: Points = {
  kind: 'points',
  frames: trace.columns.map(({ t }) => [
    [t, 0],
    [t, 1],
  ]),
  bones: [[0, 1]],
  width: 1,
  height: 1,
};
const labels = trace.x_labels.map((_, frame) => labelled(`frame ${frame}`, { slice: { kind: 'figure', frame } }));
const film = { ...trace, source, x_labels: labels };

test('a film is there where the steps are figures that move', () => {
  expect(
    [trace, traces.oneToOne, { ...film, source: { ...source, frames: source.frames.slice(0, 1) } }].map(shotsOf),
  ).toEqual([[], [], []]);
  expect(shotsOf(film).map(({ column, frame }) => [column, frame])).toEqual(trace.columns.map(({ t }) => [t, t]));
});

test('a step that reads nothing shows the figure before it', () => {
  const shots = shotsOf(film).filter(({ column }) => column !== 2);
  expect([0, 1, 2, 3, 99].map((column) => shotAt(shots, column))).toEqual([0, 1, 1, 2, 3]);
});

test('as many figures stand on a strip as have room', () => {
  expect(framesFor(41, 210, 40)).toEqual([0, 10, 20, 30, 40]);
  expect(framesFor(3, 900, 40)).toEqual([0, 1, 2]);
});

test('a shot is told with its time, where there is one', () => {
  const shots = shotsOf(film);
  expect(shotSentence(shots, 1, { seconds: null })).toBe('frame 2 of 5');
  expect(shotSentence(shots, 1, { seconds: [0.25, 0.25, 0.25, 0.25, 0.25] })).toBe('frame 2 of 5, 0.25 s');
});
