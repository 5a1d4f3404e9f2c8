import { expect, test } from 'vitest';
import { traces } from '../fixtures';
import { type Finding, columnOf, placeOf, stepsOf, unitsOf } from './findings';

const finding: Finding = {
  kind: 'a_kind',
  title: '',
  sentence: '',
  way_out: '',
  steps: [],
  part: null,
  layer: null,
  direction: null,
  units: [],
  code: null,
};
const trace = traces.encoderDecoder;
const count = trace.columns.length;

test('steps and units that the trace does not have are left out, the others stand in order, once', () => {
  expect(stepsOf({ ...finding, steps: [count, 3, 1, 3, -1] }, trace)).toEqual({ shown: [1, 3], more: 0 });
  expect(unitsOf({ ...finding, units: [trace.network.hidden, 2] }, trace)).toEqual({ shown: [2], more: 0 });
});

test('of many steps a few are named and the others are counted', () => {
  const steps = trace.columns.map(({ t }) => t);
  expect(stepsOf({ ...finding, steps }, trace, 4)).toEqual({ shown: [0, 1, 2, 3], more: count - 4 });
});

test('a finding moves the focus to what it names and leaves the rest', () => {
  expect(placeOf(finding)).toEqual({});
  expect(placeOf({ ...finding, layer: 0, direction: 'backward', units: [5, 6] })).toEqual({
    layer: 0,
    direction: 'backward',
    unit: 5,
  });
});

test('a unit is shown where its finding says, else where its part begins', () => {
  const decoder = trace.columns.findIndex(({ part }) => part === 'decoder');
  expect(columnOf({ ...finding, steps: [4] }, trace)).toBe(4);
  expect(columnOf({ ...finding, part: 'decoder' }, trace)).toBe(decoder);
  expect(columnOf(finding, trace)).toBe(0);
});
