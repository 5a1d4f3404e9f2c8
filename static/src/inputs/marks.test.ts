import { expect, test } from 'vitest';
import { labelled } from '../fixtures';
import { noted, sentenceOf } from './marks';

const label = (text: string, note: 'unknown' | null = null) => labelled(text, { note });

test('a reading says how many steps it takes', () => {
  expect(sentenceOf({ T_x: 1, labels: [label('good')] })).toBe('Read as 1 step.');
  expect(sentenceOf({ T_x: 2, labels: [label('not'), label('bad')] })).toBe('Read as 2 steps.');
});

test('unknown words are named once each, and counted where there are many', () => {
  const twice = [label('zorb', 'unknown'), label('a'), label('zorb', 'unknown')];
  expect(sentenceOf({ T_x: 3, labels: twice })).toBe('Read as 3 steps; not in this network’s vocabulary: “zorb”.');
  const many = [...'abcdefg'].map((letter) => label(letter, 'unknown'));
  expect(sentenceOf({ T_x: 7, labels: many })).toMatch(/“e” and 2 more\.$/);
});

test('what was changed is said in one line, and nothing where nothing was', () => {
  expect(noted([])).toBe('');
  expect(noted(["’ was read as '", 'a soft hyphen was dropped'])).toBe(
    "Note: ’ was read as '; a soft hyphen was dropped.",
  );
});
