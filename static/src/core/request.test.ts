import { afterEach, expect, test, vi } from 'vitest';
import type { Description } from './description';
import { choicesOf, withChoice } from './description';
import { Refused, bodyOf, patiently, requestInput, requestTrace, secondsOf, wordsOf } from './request';

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
  input: {
    kind: 'text',
    label: '',
    placeholder: '',
    help: '',
    required: true,
    max_length: 9,
    keeps: '',
    language: null,
    capitals: true,
    max_steps: 9,
  },
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
  expect(
    wordsOf({
      ...problem,
      errors: [
        { field: 'input', message: 'too long' },
        { field: 'seed', message: 'too low' },
      ],
    }),
  ).toBe('too long; seed: too low');
});

test('Retry-After is read as seconds or as a date, and a long wait is none', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(secondsOf('7', now)).toBe(7);
  expect(secondsOf('0', now)).toBe(1);
  expect(secondsOf('Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9);
  for (const header of [null, '', 'soon', '3600', '-5x']) expect(secondsOf(header, now)).toBeNull();
});

test('what is refused for a while is asked once more, and what is refused for good is not', async () => {
  const busy = new Refused({ title: '', status: 503, detail: 'busy; try again in 0.001 s', errors: [] }, 0.001);
  const told: string[] = [];
  const answers = [busy, 'trace'];
  const ask = () => {
    const next = answers.shift();
    return next instanceof Refused ? Promise.reject(next) : Promise.resolve(next);
  };
  expect(await patiently(ask, new AbortController().signal, (words) => told.push(words))).toBe('trace');
  expect(told).toEqual(['busy; try again in 0.001 s. This page does so by itself, in 0.001 s.']);
  const wrong = new Refused({ title: '', status: 422, detail: 'wrong', errors: [] });
  await expect(
    patiently(
      () => Promise.reject(wrong),
      new AbortController().signal,
      () => {},
    ),
  ).rejects.toBe(wrong);
});

test('nobody waits for an answer that is no longer wanted', async () => {
  const busy = new Refused({ title: '', status: 429, detail: 'busy', errors: [] }, 60);
  const wanted = new AbortController();
  const asked = patiently(
    () => Promise.reject(busy),
    wanted.signal,
    () => wanted.abort(),
  );
  await expect(asked).rejects.toThrow();
});

/** A server that answers one request after the other, and remembers what it was asked. */
function serving(...answers: [status: number, body: object][]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    const [status, body] = answers[asked.length - 1] ?? [500, {}];
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
  return asked;
}
afterEach(() => vi.unstubAllGlobals());

const gone = { title: 'Gone', status: 410, detail: 'kept no longer', errors: [] };
const kept = { input: '@0123456789abcdef', id: '0123456789abcdef', expires: null };

test('a file of the page’s own that the server has forgotten is sent once more', async () => {
  const { signal } = new AbortController();
  const asked = serving([201, kept], [410, gone], [201, kept], [200, { T_x: 1 }]);
  await requestInput('captions', new Blob(['photo']), signal);
  expect(await requestTrace('captions', { input: kept.input }, signal)).toEqual({ T_x: 1 });
  expect(asked.map((path) => path.split('/').at(-1))).toEqual([
    'media?example=captions',
    'trace',
    'media?example=captions',
    'trace',
  ]);
});

test('what somebody else has sent is gone, and that is said', async () => {
  const asked = serving([410, gone]);
  const answer = requestTrace('captions', { input: '@fedcba9876543210' }, new AbortController().signal);
  await expect(answer).rejects.toThrow('kept no longer');
  expect(asked).toHaveLength(1);
});
