import { expect, test } from 'vitest';
import { truthAfter } from './description';

const sample = (input: string, truth?: string | null) => ({ input, note: '', variant: null, seed: 0, truth });

test('what really came is known for the very sample that tells it', () => {
  const samples = [sample('1, 2', '3, 4'), sample('5, 6', null)];
  expect(truthAfter({ samples }, '1, 2')).toEqual([3, 4]);
  expect([truthAfter({ samples }, '5, 6'), truthAfter({ samples }, '1, 2.5')]).toEqual([[], []]);
});
