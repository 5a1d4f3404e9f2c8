import { expect, test } from 'vitest';
import { countBases, lettersOf } from './bases';

const kinds = (typed: string) => lettersOf(typed).map((letter) => letter.kind);

test('small letters and blanks are fine, other letters are not', () => {
  expect(kinds('aC gN')).toEqual(['base', 'base', 'blank', 'base', 'base']);
  expect(kinds('AEß')).toEqual(['base', 'wrong', 'wrong']);
});

test('the U of RNA has the colour of T, and a letter for several bases that of N', () => {
  const [u, t, r, n] = lettersOf('uTrN');
  expect([u?.colour, r?.colour]).toEqual([t?.colour, n?.colour]);
});

test('names, numbers and the lines around bases are passed over', () => {
  expect(kinds('>E1\nAC')).toEqual(['blank', 'blank', 'blank', 'blank', 'base', 'base']);
  expect(kinds(' 61 ac')).toEqual(['blank', 'blank', 'blank', 'blank', 'base', 'base']);
  expect(countBases('LOCUS  AB12\nFEATURES  gene\nORIGIN\n 1 acgt\n//\n')).toBe(4);
  expect(countBases('ORIGIN\n  1 acgt\n//\n')).toBe(4);
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
