import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LiveReading } from './live.svelte';

const asked: { path: string; body: unknown; signal: AbortSignal }[] = [];
let answer: () => Response;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  answer = () => Response.json({ T_x: 1, labels: [{ text: 'good', note: null }] });
  vi.stubGlobal('fetch', (path: string, { body, signal }: { body: string; signal: AbortSignal }) => {
    asked.push({ path, body: JSON.parse(body), signal });
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      setTimeout(() => resolve(answer()), 100);
    });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('what is read while typing', () => {
  test('the server is asked once, when the keys rest', async () => {
    const live = new LiveReading('sentiment');
    for (const text of ['g', 'go', 'good']) {
      live.follow(text, 'lstm');
      await vi.advanceTimersByTimeAsync(80);
    }
    await vi.advanceTimersByTimeAsync(400);
    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      ['/api/v1/examples/sentiment/read', { input: 'good', variant: 'lstm' }],
    ]);
    expect(live.reading?.labels[0]?.text).toBe('good');
  });

  test('a question that is no longer wanted is given up', async () => {
    const live = new LiveReading('sentiment');
    live.follow('go', 'lstm');
    await vi.advanceTimersByTimeAsync(300);
    live.follow('good', 'lstm');
    expect(asked[0]?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(400);
    expect(asked).toHaveLength(2);
    expect(live.reading?.T_x).toBe(1);
  });

  test('a text that cannot be read gets the words of the server', async () => {
    const problem = { title: 'no', status: 422, detail: '', errors: [{ field: 'input', message: "'ß' is unknown" }] };
    answer = () => Response.json(problem, { status: 422 });
    const live = new LiveReading('dates');
    live.follow('ß', 'attention');
    await vi.advanceTimersByTimeAsync(400);
    expect([live.problem, live.reading]).toEqual(["'ß' is unknown", null]);
  });

  test('a server that cannot answer is no fault of the text', async () => {
    answer = () => new Response('', { status: 503 });
    const live = new LiveReading('dates');
    live.follow('1 May 2020', 'attention');
    await vi.advanceTimersByTimeAsync(400);
    expect([live.problem, live.reading]).toEqual(['', null]);
  });
});
