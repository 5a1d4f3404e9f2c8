import { expect, test } from 'vitest';
import { labelled, traces } from '../fixtures';
import { following, soundAt, stretchesOf, touched } from './hearing';

const { columns } = traces.manyToMany;
const x_labels = columns.map((_, t) =>
  labelled('', t === 0 ? {} : { slice: { kind: 'time', first: 0.1 * t, last: 0.1 * (t + 1) } }),
);
const stretches = stretchesOf({ columns, x_labels }, [0, 1, 2, 3, 4]);

test('a step sounds as the part of the sound that it reads', () => {
  expect(stretches[0]).toBeNull();
  expect(soundAt(stretches, 0.5)).toBeNull();
  expect(soundAt(stretches, 2)).toBeCloseTo(0.2);
  expect(soundAt(stretches, 2.5)).toBeCloseTo(0.25);
  expect(soundAt(stretches, 5)).toBeNull();
});

test('the sound never goes back while the playhead goes on', () => {
  const heard = Array.from({ length: 400 }, (_, i) => soundAt(stretches, 1 + i / 100) ?? NaN);
  expect(heard.every((second, i) => i === 0 || second >= (heard[i - 1] ?? 0))).toBe(true);
});

test('a player that is with the playhead is left alone, and one that has parted goes where it is', () => {
  const player = { at: 1, runs: true, speed: 1 };
  expect(following(1.05, player)).toEqual({ run: true, seek: null });
  expect(following(1.3, player)).toEqual({ run: true, seek: 1.3 });
  expect(following(1.3, { ...player, speed: 4 })).toEqual({ run: true, seek: null });
  expect(following(1, { ...player, runs: false })).toEqual({ run: true, seek: 1 });
  expect(following(null, player)).toEqual({ run: false, seek: null });
});

test('whoever steps hears long enough of it, up to the end of the sound', () => {
  expect(touched({ first: 1, last: 1.02 }, 2)).toEqual({ first: 1, last: 1.16 });
  expect(touched({ first: 1, last: 1.5 }, 2)).toEqual({ first: 1, last: 1.5 });
  expect(touched({ first: 1.98, last: 2 }, 2).first).toBeCloseTo(1.84);
});
