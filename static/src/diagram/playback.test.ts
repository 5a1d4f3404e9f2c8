import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Playback } from './playback.svelte';

/** When so many steps begin that take a second each. */
const seconds = (steps: number) => Array.from({ length: steps + 1 }, (_, i) => i);

/** A screen that draws when it is told to. */
let draws: ((now: number) => void)[] = [];
let now = 0;

function draw(milliseconds: number): void {
  now += milliseconds;
  const due = draws;
  draws = [];
  for (const callback of due) callback(now);
}

beforeEach(() => {
  now = performance.now();
  draws = [];
  vi.stubGlobal('requestAnimationFrame', (callback: (now: number) => void) => draws.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => (draws = []));
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a run that nobody linked to plays by itself, and stops at its end', () => {
  const playback = new Playback(seconds(0));
  playback.restart(seconds(3), null);
  for (let i = 0; i < 200; i += 1) draw(50);
  expect([playback.playhead, playback.playing]).toEqual([3, false]);
  expect(draws).toEqual([]);
});

test('a link to a step shows that step and waits', () => {
  const playback = new Playback(seconds(0));
  playback.restart(seconds(9), 4);
  draw(1000);
  expect([playback.playhead, playback.playing]).toEqual([4, false]);
});

test('twice the speed goes twice as far', () => {
  const far = [1, 2].map((speed) => {
    const playback = new Playback(seconds(100));
    playback.speed = speed;
    playback.play();
    for (let i = 0; i < 10; i += 1) draw(16);
    return playback.playhead;
  });
  expect(far[1]! / far[0]!).toBeCloseTo(2);
});

test('a tab that was in the background does not jump ahead', () => {
  const playback = new Playback(seconds(100));
  playback.play();
  draw(60_000);
  expect(playback.playhead).toBeLessThan(1);
});

test('stepping goes to whole steps, from between them too', () => {
  const playback = new Playback(seconds(5));
  playback.seek(2.4);
  playback.move(1);
  expect(playback.playhead).toBe(3);
  playback.seek(2.4);
  playback.move(-1);
  expect(playback.playhead).toBe(2);
});

test('scrubbing stops the clock, and stays inside the run', () => {
  const playback = new Playback(seconds(5));
  playback.play();
  playback.seek(17);
  expect([playback.playhead, playback.playing]).toEqual([5, false]);
  playback.move(1);
  expect(playback.playhead).toBe(5);
});

test('from the end, play begins again', () => {
  const playback = new Playback(seconds(5));
  playback.seek(5);
  playback.toggle();
  expect([playback.playhead, playback.playing]).toEqual([0, true]);
});

test('a step takes the time that it has', () => {
  const playback = new Playback([0, 0.1, 0.1, 0.5]);
  playback.play();
  for (let i = 0; i < 15; i += 1) draw(20);
  expect(playback.second).toBeCloseTo(0.3);
  expect(playback.playhead).toBeCloseTo(2.5);
});
