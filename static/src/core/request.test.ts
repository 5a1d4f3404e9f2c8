import { expect, test } from 'vitest';
import type { Description } from './description';
import { choicesOf, withChoice } from './description';
import { bodyOf, wordsOf } from './request';

const choice = (id: string) => ({ id, label: id, note: '' });
const description: Description = {
  slug: 'stars',
  title: '',
  task: '',
  story: '',
  default_variant: 'lstm-two',
  variants: ['rnn-two', 'rnn-five', 'lstm-two', 'lstm-five'],
  axes: [
    { id: 'cell', label: 'Cell', choices: [choice('rnn'), choice('lstm')] },
    { id: 'scale', label: 'Scale', choices: [choice('two'), choice('five')] },
  ],
  input: { kind: 'text', label: '', placeholder: '', help: '', required: true, max_length: 9, max_steps: 9 },
  decoding: null,
  samples: [],
};
const run = { input: 'good', variant: 'lstm-two', seed: 3, temperature: 0.5, method: null, width: null };

test('a variant is one choice on every axis', () => {
  expect(choicesOf(description, 'rnn-five')).toEqual(['rnn', 'five']);
  expect(withChoice(description, 'rnn-five', 0, 'lstm')).toBe('lstm-five');
});

test('a network that draws nothing is asked for no decoding', () => {
  expect(bodyOf(run, description)).toEqual({ input: 'good', variant: 'lstm-two' });
});

test('a network that draws its outputs is told how', () => {
  const decoding = { method: 'sample' as const, temperature: 1, seed: 0, width: 4 };
  expect(bodyOf(run, { ...description, decoding })).toMatchObject({
    decoding: { method: 'sample', temperature: 0.5, seed: 3, width: 4 },
  });
  expect(bodyOf({ ...run, method: 'beam', width: 2 }, { ...description, decoding })).toMatchObject({
    decoding: { method: 'beam', width: 2 },
  });
});

test('gradients are asked for only when they are wanted', () => {
  expect(bodyOf(run, description, 0)).toMatchObject({ gradient: 0 });
  expect(bodyOf(run, description)).not.toHaveProperty('gradient');
});

test('a problem says what is wrong with each field, else as much as it knows', () => {
  const problem = { title: 'Bad', status: 422, detail: 'All bad.', errors: [] };
  expect(wordsOf(problem)).toBe('All bad.');
  expect(wordsOf({ ...problem, errors: [{ field: 'input', message: 'too long' }, { field: 'seed', message: 'too low' }] })).toBe('too long; seed: too low');
});
