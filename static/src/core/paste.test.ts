import { describe, expect, test } from 'vitest';
import { onOneLine } from './paste';

describe('a text of several lines in a field of one', () => {
  for (const hyphen of ['-', '\u2010', '\u00ad'])
    for (const end of ['\n', '\r\n', ' \n  '])
      test(`a word that ${JSON.stringify(hyphen + end)} cut in two is put together`, () =>
        expect(onOneLine(`a won${hyphen}${end}derful film`, ' ')).toBe('a wonderful film'));

  test('a hyphen before a capital or a figure stays', () => {
    expect(onOneLine('anti-\nAmerican 1-\n2', ' ')).toBe('anti- American 1- 2');
  });

  test('line ends become one space each', () => expect(onOneLine(' one\r\n\n two\n', ' ')).toBe('one two'));

  test('where line ends count, each stays as a mark, and hyphens too', () =>
    expect(onOneLine('ROMEO:\nlove-\r\nly', '⏎')).toBe('ROMEO:⏎love-⏎ly'));
});
