import { expect, test } from 'vitest';
import { covers } from './save';

test('a font file is needed for the characters in its ranges', () => {
  const latin = 'U+0000-00FF, U+0131, U+2000-206F';
  expect(['a', 'ı', '−', 'ŷ', '日'].map((character) => covers(latin, character))).toEqual([true, true, false, false, false]);
  expect(covers('U+0-10FFFF', '😀')).toBe(true);
});
