import { expect, test } from 'vitest';
import type { Trace } from '../core/wire';
import { attentionAt, brightness, gradientAt, lookSentence, whereIs } from './places';

const SOURCE = { kind: 'pixels', href: 'data:,', width: 90, height: 60 } as const;
const rect = (x: number, y: number) => ({ kind: 'rect', x, y, width: 45, height: 30 }) as const;
const places = [rect(0, 0), rect(45, 0), rect(0, 30), rect(45, 30)].map((slice) => ({ text: '', slice }));
const trace = {
  places,
  source: SOURCE,
  attention: [[0.1, 0.2, 0.3, 0.4], []],
  gradient: { y: 1, places: [-0.2, 0, 0.1, 0.4] },
  outputs: [{ label: 'a' }, { label: 'dog' }],
} as unknown as Trace;

test('attention that has not come yet is no look, and a gradient is that of its own output', () => {
  expect(attentionAt(trace, 0)?.weights).toEqual([0.1, 0.2, 0.3, 0.4]);
  expect(attentionAt(trace, 1)).toBeNull();
  expect(gradientAt(trace, 0)).toBeNull();
  expect(gradientAt(trace, 1)?.kind).toBe('gradient');
});

test('the brightest place is the one that counted most; what speaks against a word is dark', () => {
  expect(brightness(attentionAt(trace, 0)!).map((share) => share.toFixed(2))).toEqual(['0.00', '0.33', '0.67', '1.00']);
  expect(brightness(gradientAt(trace, 1)!)).toEqual([0, 0, 0.25, 1]);
  expect(brightness({ kind: 'attention', weights: [0.25, 0.25, 0.25, 0.25] })).toEqual([0, 0, 0, 0]);
});

test('attention that is nearly even lights nothing, and says so', () => {
  const weights = Array.from({ length: 36 }, (_, i) => (i === 7 ? 0.03 : 0.97 / 35));
  expect(new Set(brightness({ kind: 'attention', weights }))).toEqual(new Set([0]));
  expect(lookSentence(trace, 0, { kind: 'attention', weights })).toBe('To write “a” it looked everywhere alike.');
  expect(brightness({ kind: 'gradient', weights })[7]).toBe(1);
});

test('a place is told in words', () => {
  const third = (x: number, y: number) => ({ ...rect(30 * x, 20 * y), width: 30, height: 20 });
  expect(whereIs(third(0, 0), SOURCE)).toBe('at the top on the left');
  expect(whereIs(third(1, 1), SOURCE)).toBe('in the middle');
  expect(whereIs(third(2, 1), SOURCE)).toBe('on the right');
  expect(lookSentence(trace, 0, attentionAt(trace, 0)!)).toContain(
    '“a” it looked mostly at the bottom on the right: 40 %',
  );
  expect(lookSentence(trace, 1, gradientAt(trace, 1)!)).toContain(
    'speaks most for “dog” is at the bottom on the right',
  );
});
