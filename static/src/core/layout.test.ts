import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { overlap } from './geometry';
import { arcsOf, layout } from './layout';

const SIZES = [
  { width: 968, height: 420 },
  { width: 360, height: 340 },
  { width: 360, height: 250 },
  { width: 600, height: 150 },
];

describe.each(Object.entries(traces))('the layout of %s', (_, trace) => {
  test.each(SIZES)('keeps boxes apart at $width x $height', (size) => {
    const { boxes } = layout(trace, size);
    const sorted = [...boxes].sort((a, b) => a.x - b.x);
    const hits = sorted.flatMap((a, i) => {
      const near = sorted.slice(i + 1, i + 40).filter((b) => overlap(a, b));
      return near.map((b) => `${a.item.id} on ${b.item.id}`);
    });
    expect(hits).toEqual([]);
  });

  test.each(SIZES)('keeps everything inside the picture at $width x $height', (size) => {
    const scene = layout(trace, size);
    for (const b of scene.boxes) {
      expect(Math.min(b.x, b.y)).toBeGreaterThanOrEqual(0);
      expect(b.x + b.width).toBeLessThanOrEqual(scene.width);
      expect(b.y + b.height).toBeLessThanOrEqual(scene.height);
    }
  });

  test('draws one arrow for each dependency', () => {
    const scene = layout(trace, SIZES[0]!);
    expect(scene.lines.map((l) => l.edge)).toEqual(scene.graph.edges);
    expect(scene.lines.every((l) => l.curve.every(Number.isFinite))).toBe(true);
  });

  test('brackets exactly the columns that read x and those that emit', () => {
    const [x, y] = layout(trace, SIZES[0]!).brackets;
    expect(x?.columns).toEqual(trace.columns.filter((c) => c.x !== null).map((c) => c.t));
    const left = (y: number) => !trace.reading || trace.reading.some(({ first, last }) => first <= y && y <= last);
    expect(y?.columns).toEqual(trace.columns.filter((c) => c.y !== null && left(c.y)).map((c) => c.t));
    expect([x?.length, y?.length]).toEqual([trace.T_x, trace.T_y]);
  });

  test('lets a bracket begin and end with the boxes that it covers', () => {
    const scene = layout(trace, SIZES[0]!);
    const outputs = scene.reading.length ? scene.reading : scene.boxes.filter((b) => b.item.kind === 'y');
    const y = scene.brackets[1];
    expect(y?.start).toBe(Math.min(...outputs.map((b) => b.x)));
    expect(y?.end).toBe(Math.max(...outputs.map((b) => b.x + b.width)));
  });
});

test('a short sequence fills the picture, a long one runs out of it', () => {
  const width = 968;
  expect(layout(traces.oneToOne, { width, height: 400 }).width).toBe(width);
  expect(layout(traces.manyToOneLong, { width, height: 400 }).width).toBeGreaterThan(10 * width);
});

test('T_x = 0 is marked under the first column without a width', () => {
  const bracket = layout(traces.oneToMany, SIZES[0]!).brackets[0];
  expect(bracket?.length).toBe(0);
  expect(bracket?.start).toBe(bracket?.end);
  expect(bracket?.note).toBe('x = ∅');
});

test('T_y says that it counts the end where an output is the end', () => {
  const trace = structuredClone(traces.encoderDecoder);
  trace.outputs.at(-1)!.index = trace.network.end = 9;
  expect(layout(trace, SIZES[0]!).brackets.map((b) => b.note)).toEqual(['', 'end included']);
  trace.network.end = null;
  expect(layout(trace, SIZES[0]!).brackets[1]?.note).toBe('');
});

test('an output looks back at every input, and its weights add up to one', () => {
  const trace = traces.attention;
  const arcs = arcsOf(layout(trace, SIZES[0]!), trace, trace.T_x + 1);
  expect(arcs.map((a) => a.source)).toEqual(trace.columns.slice(0, trace.T_x).map((c) => c.t));
  expect(arcs.reduce((sum, a) => sum + a.weight, 0)).toBeCloseTo(1, 2);
});

test('a column that emits nothing looks back at nothing', () => {
  const trace = traces.attention;
  expect(arcsOf(layout(trace, SIZES[0]!), trace, 0)).toEqual([]);
});

test('no arc is drawn to the places of a picture, which are no steps', () => {
  const trace = traces.places;
  expect(trace.attention?.[1]).toHaveLength(4);
  expect(arcsOf(layout(trace, SIZES[0]!), trace, 1)).toEqual([]);
});
