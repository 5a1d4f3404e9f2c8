import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { blankBetween, entitiesSentence, piecesOf, spansOf, typeIndex, writesTags } from './tags';

const words = ['Yesterday', ',', 'Harry', 'Potter', 'met', 'Hermione', '.'];
const tagged = (labels: string) => labels.split(' ').map((label, i) => ({ label, p: 0.9 - i / 10 }));
const spans = spansOf(tagged('O O B-PER I-PER O B-PER O'));

describe('entity spans', () => {
  test('a span begins with B and goes on with I of the same type', () => {
    expect(spans.map(({ type, from, to }) => [type, from, to])).toEqual([['PER', 2, 4], ['PER', 5, 6]]);
    expect(spans[0]?.p).toBeCloseTo(0.6);
  });

  test('neighbours stay apart, and an I without its B begins a span', () => {
    const ends = (labels: string) => spansOf(tagged(labels)).map(({ from, to }) => [from, to]);
    expect(ends('B-PER B-PER I-PER')).toEqual([[0, 1], [1, 3]]);
    expect(ends('I-LOC I-ORG O I-ORG')).toEqual([[0, 1], [1, 2], [3, 4]]);
  });

  test('the pieces give back every word once, in order', () => {
    const pieces = piecesOf(words, spans);
    expect(pieces.map((piece) => piece.span?.type ?? null)).toEqual([null, 'PER', null, 'PER', null]);
    expect(pieces.flatMap((piece) => piece.words.map((word) => word.text))).toEqual(words);
  });

  test('punctuation stands close to its word', () => {
    expect([blankBetween('Yesterday', ','), blankBetween('(', 'Rome'), blankBetween(',', 'Harry')]).toEqual([false, false, true]);
    expect([blankBetween('Potter', "'s"), blankBetween('said', "'sixty"), blankBetween(undefined, 'Yesterday')]).toEqual([false, true, false]);
  });

  test('entities are told in words', () => {
    expect(entitiesSentence(words, spans)).toBe('2 entities: Harry Potter (person), Hermione (person).');
    expect(entitiesSentence(words, [])).toBe('No entities found.');
  });

  test('a type of entity keeps its number, and so its colour, in every text', () => {
    expect([typeIndex('PER'), typeIndex('per'), typeIndex('LOC')]).toEqual([0, 0, 1]);
    expect(typeIndex('PLANET')).toBeGreaterThan(typeIndex('nat'));
  });

  test('taggers are told from other networks', () => {
    expect(writesTags(traces.manyToManyBidirectional)).toBe(true);
    expect([writesTags(traces.manyToOne), writesTags(traces.attention)]).toEqual([false, false]);
  });
});
