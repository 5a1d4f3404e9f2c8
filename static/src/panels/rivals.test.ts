import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import type { Trace } from '../core/wire';
import { Contest } from './rivals.svelte';

const CELLS = ['rnn', 'gru'].map((id) => ({ id, label: id.toUpperCase() }));
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Answers when told to. */
function server() {
  const asked: { id: string; signal: AbortSignal; answer: (trace: Trace) => void; refuse: (why: string) => void }[] =
    [];
  const run = (id: string, signal: AbortSignal) =>
    new Promise<Trace>((resolve, reject) =>
      asked.push({ id, signal, answer: resolve, refuse: (why) => reject(new Error(why)) }),
    );
  return { asked, run };
}

describe('several networks that run the same input', () => {
  test('each is shown as soon as it is done', async () => {
    const [contest, { asked, run }] = [new Contest(), server()];
    contest.follow(CELLS, run);
    asked[1]?.answer(traces.manyToOne);
    await soon();
    expect(contest.rivals.map(({ label, trace, waiting }) => [label, trace !== null, waiting])).toEqual([
      ['RNN', false, true],
      ['GRU', true, false],
    ]);
  });

  test('one that refuses the input says why, and the others go on', async () => {
    const [contest, { asked, run }] = [new Contest(), server()];
    contest.follow(CELLS, run);
    asked[0]?.refuse('too many steps');
    asked[1]?.answer(traces.manyToOne);
    await soon();
    expect(contest.rivals.map(({ problem }) => problem)).toEqual(['too many steps', '']);
  });

  test('a new input keeps the old pictures until the new ones come, and no late answer overwrites them', async () => {
    const [contest, { asked, run }] = [new Contest(), server()];
    contest.follow(CELLS, run);
    asked[0]?.answer(traces.manyToOne);
    await soon();
    contest.follow(CELLS, run);
    expect(asked[1]?.signal.aborted).toBe(true);
    asked[1]?.answer(traces.oneToMany);
    await soon();
    expect(contest.rivals.map(({ trace, waiting }) => [trace, waiting])).toEqual([
      [traces.manyToOne, true],
      [null, true],
    ]);
  });
});
