import { expect, test } from 'vitest';
import { traces } from '../fixtures';
import { consideredReadings, framesOf, howRead } from './readings';

const trace = traces.manyToManyCollapsed;

test('the readings that were considered stand in the order of their probability, the one that was read first', () => {
  const bars = consideredReadings(trace)!;
  expect(bars.map(({ value }) => value)).toEqual(bars.map(({ value }) => value).sort((a, b) => b - a));
  expect(bars.filter(({ strong }) => strong).map(({ label }) => label)).toEqual([trace.readings![0]!.text]);
  expect(consideredReadings({ readings: null })).toBeNull();
});

test('a probability too small for per cent is told as a power of ten, and nothing read as ∅', () => {
  expect(consideredReadings({ readings: [{ text: '', labels: [], p: 3e-5 }] })).toMatchObject([
    { label: '∅', text: '3·10⁻⁵' },
  ]);
  expect(consideredReadings({ readings: [{ text: 'a', labels: ['a'], p: 0.25 }] })).toMatchObject([{ text: '25 %' }]);
});

test('labels name their steps, counted from 1', () => {
  const [first] = trace.reading!;
  expect(framesOf({ ...first!, first: 2, last: 2 })).toBe('step 3');
  expect(framesOf({ ...first!, first: 2, last: 4 })).toBe('steps 3–5');
});

test('how a reading was found is said for each way to choose', () => {
  const ways = (['greedy', 'beam', 'sample'] as const).map((method) =>
    howRead({ ...trace, decoding: { ...trace.decoding!, method } }),
  );
  expect(new Set(ways).size).toBe(3);
  expect(ways[1]).toContain('kept the 3 likeliest');
});
