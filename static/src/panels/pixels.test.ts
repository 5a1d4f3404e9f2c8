import { expect, test } from 'vitest';
import { labelled, traces } from '../fixtures';
import { pixelGradientOf, readsPixels, rowsOf } from './pixels';

const picture = {
  ...traces.oneToOne,
  reads: 'pixels' as const,
  x: [Array.from({ length: 6 }, (_, i) => i)],
  x_labels: [labelled('x', { slice: { kind: 'rect' as const, x: 0, y: 0, width: 3, height: 2 } })],
};

test('a network reads pixels where it reads one picture, a number a pixel', () => {
  expect(readsPixels(picture)).toBe(true);
  expect(readsPixels(traces.oneToOne)).toBe(false); // a picture, but another count of numbers
  expect(readsPixels(traces.manyToOne)).toBe(false);
});

test('the gradient lies over the picture row by row, once it was asked for', () => {
  expect(pixelGradientOf(picture)).toBeNull();
  const gradient = {
    y: 0,
    label: '3',
    score: -0.1,
    h: [[1]],
    c: null,
    x: [1],
    x_entries: [[0, 1, 2, 3, 4, 5]],
    places: null,
  };
  const found = pixelGradientOf({ ...picture, gradient });
  expect(found && rowsOf(found)).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
});
