import { describe, expect, test } from 'vitest';
import type { Description } from './description';
import { type PageState, defaultRun, readUrl, sameRun, writeUrl } from './url';

const description: Description = {
  slug: 'writer',
  title: 'Writer',
  task: 'writing',
  story: '',
  default_variant: 'lstm-two',
  variants: ['rnn-one', 'rnn-two', 'lstm-one', 'lstm-two'],
  axes: [],
  input: {
    kind: 'prefix',
    label: '',
    placeholder: '',
    help: '',
    required: false,
    max_length: 20,
    keeps: '',
    language: null,
    capitals: true,
    max_steps: 20,
  },
  decoding: { method: 'sample', temperature: 0.8, seed: 1, width: 4 },
  samples: [{ input: 'mar', note: '', variant: null, seed: 5, file: null }],
};
const state = (change: Partial<PageState>): PageState => ({ ...readUrl('', description), ...change });

describe('the address', () => {
  test('is empty for the page as it opens', () => {
    expect(writeUrl(readUrl('', description), description)).toBe('');
    expect(defaultRun(description)).toEqual({
      input: 'mar',
      variant: 'lstm-two',
      seed: 5,
      temperature: 0.8,
      method: null,
      width: null,
    });
  });

  test.each<Partial<PageState>>([
    {
      run: {
        input: 'not bad & “good” = 100 %?',
        variant: 'rnn-one',
        seed: 0,
        temperature: 1.25,
        method: null,
        width: null,
      },
    },
    {
      run: { input: '', variant: 'lstm-two', seed: 2 ** 31 - 1, temperature: 0.1, method: 'beam', width: 16 },
      step: 0,
    },
    {
      step: 3,
      speed: 0.25,
      notation: 'pytorch',
      folded: true,
      coming: true,
      presenting: true,
      value: 'c',
      panel: 'units',
      embedded: true,
    },
    { pin: { column: 0, layer: 1, direction: 'backward', unit: 16 } },
    { pin: { column: 11, layer: 0, direction: 'forward', unit: null } },
  ])('brings back what was written: %j', (change) => {
    const written = state(change);
    expect(readUrl(writeUrl(written, description), description)).toEqual(written);
  });

  test('names a sample by its number, and what it does not say comes from there', () => {
    const two = {
      ...description,
      samples: [...description.samples, { input: 'zo', note: '', variant: 'rnn-one', seed: 7, file: null }],
    };
    expect(readUrl('?sample=2', two).run).toMatchObject({ input: 'zo', variant: 'rnn-one', seed: 7 });
    expect(readUrl('?sample=2&seed=3', two).run).toMatchObject({ input: 'zo', seed: 3 });
    expect(readUrl('?sample=9', two)).toEqual(readUrl('', two));
  });

  test('counts columns, layers and units from 1', () => {
    const pin = { column: 2, layer: 0, direction: 'forward' as const, unit: 16 };
    expect(writeUrl(state({ pin }), description)).toBe('?pin=3.1.f.17');
  });

  test.each([
    'variant=gone',
    'seed=-1',
    'temperature=NaN',
    'temperature=9',
    'method=guess',
    'width=0',
    'panel=<',
    'step=x',
    'pin=0.1.f',
    'speed=99',
    'notation=greek',
  ])('ignores what makes no sense: %s', (query) =>
    expect(readUrl(`?${query}`, description)).toEqual(readUrl('', description)),
  );
});

test('two runs are the same only if everything about them is', () => {
  const run = defaultRun(description);
  expect(sameRun(run, { ...run })).toBe(true);
  expect(sameRun(run, { ...run, seed: run.seed + 1 })).toBe(false);
  expect(sameRun(run, { ...run, method: 'greedy' })).toBe(false);
});
