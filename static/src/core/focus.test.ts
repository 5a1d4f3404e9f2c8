import { expect, test } from 'vitest';
import { traces } from '../fixtures';
import { focusOn, moved, valuesAt } from './focus';

test('a focus follows its column from the encoder into the decoder, where there is no way back', () => {
  const trace = traces.attention;
  const start = moved(focusOn(trace, 0), { direction: 'backward' }, trace);
  const next = moved(start, { column: trace.T_x }, trace);
  expect(start).toMatchObject({ part: 'encoder', direction: 'backward' });
  expect(next).toMatchObject({ part: 'decoder', direction: 'forward' });
});

test('a focus stays among the columns, layers and units that there are', () => {
  const trace = traces.manyToMany;
  expect(moved(focusOn(trace, 99), { column: 99, layer: 9, unit: 99 }, trace)).toMatchObject({
    column: 4,
    layer: 1,
    unit: null,
  });
  expect(focusOn(trace, -1).column).toBe(0);
});

test('the values under a focus are those of its step', () => {
  const trace = traces.encoderDecoder;
  const decoder = trace.layers.find((l) => l.part === 'decoder');
  expect(valuesAt(trace, focusOn(trace, trace.T_x + 1), 'h')).toBe(decoder?.values['h']?.[1]);
  expect(valuesAt(trace, focusOn(trace, 0), 'c')).toBeUndefined();
});
