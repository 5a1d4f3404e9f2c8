import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { type EdgeKind, graphOf } from './graph';
import type { Trace } from './wire';

const count = (trace: Trace, kind: EdgeKind) => graphOf(trace).edges.filter((e) => e.kind === kind).length;
const ends = (trace: Trace, kind: EdgeKind) =>
  graphOf(trace)
    .edges.filter((e) => e.kind === kind)
    .map((e) => [e.from.id, e.to.id]);

describe.each(Object.entries(traces))('the graph of %s', (_, trace) => {
  const { topology } = trace.network;
  const decoder = trace.columns.filter((c) => c.part === 'decoder').length;
  const chains = (trace.columns.length - decoder) * topology.directions + decoder;

  test('has one state for each layer, direction and step', () => {
    const states = graphOf(trace).items.filter((i) => i.kind === 'h');
    expect(states).toHaveLength(chains * topology.layers);
    expect(new Set(states.map((s) => s.id)).size).toBe(states.length);
  });

  test('gives every state of the first layer something to read, and one state before it', () => {
    expect(count(trace, 'read')).toBe(chains);
    const before = graphOf(trace).edges.filter((e) => e.kind === 'carry' || e.kind === 'hand');
    const alone = !topology.carries; // no step before, and none after
    expect(new Set(before.map((e) => e.to.id)).size).toBe(alone ? 0 : chains * topology.layers);
  });

  test('feeds an output back wherever a column says so', () => {
    expect(count(trace, 'feed')).toBe(trace.columns.filter((c) => c.y_prev !== null).length);
  });

  test('computes every output from the states of the top layer', () => {
    const heads = topology.parts.includes('decoder') ? 1 : topology.directions;
    expect(count(trace, 'emit')).toBe(trace.outputs.length * heads);
  });
});

test('a backward chain begins at the last input', () => {
  const carried = ends(traces.manyToManyBidirectional, 'carry');
  expect(carried).toContainEqual(['initial.0.backward', 'h.6.0.backward']);
  expect(carried).toContainEqual(['h.6.0.backward', 'h.5.0.backward']);
});

test('a bidirectional many-to-one network answers from forward h[T_x-1] and backward h[0]', () => {
  expect(ends(traces.manyToOneBidirectional, 'emit')).toEqual([
    ['h.5.0.forward', 'y.0'],
    ['h.0.0.backward', 'y.0'],
  ]);
});

test('every layer hears both directions of the layer below, or the one that there is', () => {
  expect(count(traces.manyToMany, 'rise')).toBe(traces.manyToMany.T_x);
  const deep: Trace = structuredClone(traces.manyToManyBidirectional);
  deep.network.topology.layers = 2;
  expect(count(deep, 'rise')).toBe(deep.T_x * 2 * 2);
});

test('an encoder hands its last states to the decoder', () => {
  expect(ends(traces.encoderDecoder, 'hand')).toEqual([['h.4.0.forward', 'h.5.0.forward']]);
  expect(ends(traces.attention, 'hand')).toContainEqual(['h.0.0.backward', 'h.5.0.forward']);
});
