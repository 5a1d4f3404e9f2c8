import { describe, expect, test } from 'vitest';
import { HIDDEN } from '../core/veil';
import { traces } from '../fixtures';
import { blankBetween, entitiesSentence, piecesOf, spansOf } from './tags';

const words = ['Yesterday', ',', 'Harry', 'Potter', 'met', 'Hermione', '.'];
const hidden = { ...traces.manyToManyBidirectional.outputs[0]!, label: HIDDEN };
const outputs = words.map((_, i) => ({ ...hidden, label: 'O', p: 0.9 - i / 10 }));
const person = { label: 'PER', name: 'person', kind: 0, p: 0.5 };
const found = [
  { ...person, first: 2, last: 3 },
  { ...person, first: 5, last: 5 },
];
const spans = spansOf({ spans: found, outputs });

describe('entity spans', () => {
  test('a span covers its outputs, and is as sure as the least certain of them', () => {
    expect(spans.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['person', 2, 4],
      ['person', 5, 6],
    ]);
    expect(spans[0]?.p).toBeCloseTo(0.6);
  });

  test('behind the veil a span ends where the outputs do, and one that has not begun is none', () => {
    const half = spansOf({ spans: found, outputs: outputs.map((output, t) => (t < 3 ? output : hidden)) });
    expect(half.map(({ from, to }) => [from, to])).toEqual([[2, 3]]);
    expect(half[0]?.p).toBeCloseTo(0.7);
  });

  test('the pieces give back every word once, in order', () => {
    const pieces = piecesOf(words, spans);
    expect(pieces.map((piece) => piece.span?.name ?? null)).toEqual([null, 'person', null, 'person', null]);
    expect(pieces.flatMap((piece) => piece.words.map((word) => word.text))).toEqual(words);
  });

  test('punctuation stands close to its word', () => {
    expect([blankBetween('Yesterday', ','), blankBetween('(', 'Rome'), blankBetween(',', 'Harry')]).toEqual([
      false,
      false,
      true,
    ]);
    expect([
      blankBetween('Potter', "'s"),
      blankBetween('said', "'sixty"),
      blankBetween(undefined, 'Yesterday'),
    ]).toEqual([false, true, false]);
  });

  test('entities are told in words', () => {
    expect(entitiesSentence(words, spans)).toBe('2 entities: Harry Potter (person), Hermione (person).');
    expect(entitiesSentence(words, [])).toBe('No entities found.');
  });
});
