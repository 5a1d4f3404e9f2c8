import { expect, test } from 'vitest';
import { indexAfterKey } from './tabs';

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 2, 0],
  ['ArrowLeft', 0, 2],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['a', 1, undefined],
])('%s on tab %d of three leads to %s', (key, current, next) => expect(indexAfterKey(key, current, 3)).toBe(next));
