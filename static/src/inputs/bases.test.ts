import { expect, test } from 'vitest';
import { countBases, lettersOf } from './bases';

const kinds = (typed: string) => lettersOf(typed).map((letter) => letter.kind);

test('small letters and blanks are fine, other letters are not', () => {
  expect(kinds('aC gN')).toEqual(['base', 'base', 'blank', 'base', 'base']);
  expect(kinds('AUß')).toEqual(['base', 'wrong', 'wrong']);
});

test('a base has one colour in both cases, each base its own', () => {
  const [a, A, c] = lettersOf('aAc');
  expect(a?.colour).toBe(A?.colour);
  expect(a?.colour).not.toBe(c?.colour);
});

test('blanks and line ends of a pasted string are not counted', () => {
  expect(countBases(' ACGT\r\nACGT\t acgt\n')).toBe(12);
  expect(countBases('')).toBe(0);
});
