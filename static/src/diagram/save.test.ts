import { expect, test } from 'vitest';
import { covers, facesOf } from './save';

test('a font file is needed for the characters in its ranges', () => {
  const latin = 'U+0000-00FF, U+0131, U+2000-206F';
  expect(['a', 'ı', '−', 'ŷ', '日'].map((character) => covers(latin, character))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(covers('U+0-10FFFF', '😀')).toBe(true);
});

test('of two files that have a character, the later one is brought along, as a browser chooses', () => {
  const faces = [
    { family: 'Inter', ranges: 'U+100-2BA' },
    { family: 'Inter', ranges: 'U+20-7E, U+177' },
    { family: 'Dates', ranges: 'U+65E5' },
  ];
  expect(facesOf('ŷ a', faces)).toEqual([faces[1]]);
  expect(facesOf('Łŷ日', faces)).toEqual(faces);
});
