import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { graphOf } from './graph';
import {
  frameAt,
  progressOf,
  stepAt,
  stepCount,
  stepOf,
  lastStepOfColumn,
  stepOfColumn,
  timetableOf,
  underWay,
} from './timeline';
import type { Trace } from './wire';

const scene = (trace: Trace) => ({ times: timetableOf(graphOf(trace)) });
const end = (trace: Trace, id: string) => scene(trace).times.items.get(id)?.end ?? NaN;

describe.each(Object.entries(traces))('the time of %s', (_, trace) => {
  const run = scene(trace);
  const graph = graphOf(trace);

  test('computes nothing before everything that it depends on', () => {
    const early = graph.edges.filter(({ from, to }) => {
      const [a, b] = [run.times.items.get(from.id), run.times.items.get(to.id)];
      return !a || !b || (from.kind !== 'y' && from.kind !== 'feed' ? a.end > b.end : a.start > b.start);
    });
    expect(early.map((e) => e.id)).toEqual([]);
  });

  test('lets a pulse arrive no later than its box is done', () => {
    const late = graph.edges.filter(
      ({ id, to }) => (run.times.edges.get(id)?.end ?? 0) > (run.times.items.get(to.id)?.end ?? 0) + 0.03,
    );
    expect(late.map((e) => e.id)).toEqual([]);
  });

  test('starts with nothing and ends with everything', () => {
    const [first, last] = [frameAt(run.times, 0), frameAt(run.times, run.times.steps)];
    const ids = [...run.times.items.keys(), ...run.times.edges.keys()];
    expect(first.step).toBe(0);
    expect(ids.filter((id) => progressOf(first, id) > 0 && !id.startsWith('initial'))).toEqual([]);
    expect(ids.every((id) => progressOf(last, id) === 1)).toBe(true);
  });

  test('does all of a step inside that step, with time to read it before the next', () => {
    for (const span of run.times.items.values()) expect(span.end).toBeLessThanOrEqual(Math.floor(span.start) + 0.8);
  });

  test('moves nothing in a step but what is under way in it', () => {
    for (let playhead = 0; playhead <= run.times.steps; playhead += 0.21) {
      const frame = frameAt(run.times, playhead);
      const moving = underWay(run.times, frame.step);
      const still = { times: run.times, playhead: Math.max(0, frame.step - 1) };
      const wrong = [...run.times.items.keys(), ...run.times.edges.keys()].filter(
        (id) => !moving.has(id) && progressOf(frame, id) !== progressOf(still, id),
      );
      expect(wrong).toEqual([]);
    }
  });

  test('scrubbing back equals never having played', () => {
    const untouched = frameAt(scene(trace).times, 1.3);
    for (const playhead of [0.5, run.times.steps, 2.7]) frameAt(run.times, playhead);
    expect(frameAt(run.times, 1.3)).toEqual(untouched);
  });

  test('counts as many steps as it lasts', () => {
    expect(run.times.steps).toBe(stepCount(trace));
    expect(run.times.columns).toHaveLength(run.times.steps);
    expect(Math.max(...[...run.times.items.values()].map((s) => s.end))).toBeLessThanOrEqual(run.times.steps);
  });
});

test('the two chains of a bidirectional network run at the same time, each its own way', () => {
  const trace = traces.manyToManyBidirectional;
  expect(end(trace, 'h.0.0.forward')).toBe(end(trace, 'h.6.0.backward'));
  expect(end(trace, 'h.6.0.forward')).toBe(end(trace, 'h.0.0.backward'));
  expect(end(trace, 'h.1.0.forward')).toBeGreaterThan(end(trace, 'h.0.0.forward'));
});

test('a bidirectional output comes when both its states are there, the middle one first', () => {
  const trace = traces.manyToManyBidirectional;
  const steps = ['y.3', 'y.0', 'y.6'].map((id) => stepOf(scene(trace).times.items.get(id)!));
  expect(steps).toEqual([4, 7, 7]);
});

test('the second bidirectional layer waits for the whole first one', () => {
  const deep: Trace = structuredClone(traces.manyToManyBidirectional);
  deep.network.topology.layers = 2;
  expect(stepCount(deep)).toBe(2 * deep.T_x);
  expect(end(deep, 'h.0.1.forward')).toBeGreaterThan(end(deep, 'h.0.0.backward'));
});

test('layers of one direction are climbed within a step', () => {
  expect(end(traces.manyToMany, 'h.2.0.forward')).toBeLessThan(end(traces.manyToMany, 'h.2.1.forward'));
  expect(Math.ceil(end(traces.manyToMany, 'h.2.1.forward'))).toBe(3);
});

test('the playhead stays inside the run', () => {
  const run = scene(traces.manyToOne);
  expect(frameAt(run.times, -3)).toEqual(frameAt(run.times, 0));
  expect(frameAt(run.times, 99).playhead).toBe(9);
});

test('a column is visited when its step is over', () => {
  expect(stepOfColumn(scene(traces.manyToOne).times, 0)).toBe(1);
  expect(stepOfColumn(scene(traces.encoderDecoder).times, 6)).toBe(7);
  const twice = { columns: [0, 1, 2, 0, 1, 2] } as Parameters<typeof stepOfColumn>[0];
  expect([stepOfColumn(twice, 1), lastStepOfColumn(twice, 1)]).toEqual([2, 5]);
});

test('between two steps the next one is under way; at rest it is the one just done', () => {
  expect([0, 1, 7].map(stepAt)).toEqual([0, 1, 7]);
  expect([0.01, 0.5, 1.02, 1.95].map(stepAt)).toEqual([1, 1, 2, 2]);
  expect([0.1 + 0.2 + 0.7, 1.0000000001].map(stepAt)).toEqual([1, 1]);
  expect(frameAt(scene(traces.manyToOne).times, 1.0000000001)).toEqual(frameAt(scene(traces.manyToOne).times, 1));
});
