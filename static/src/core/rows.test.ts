import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { graphOf } from './graph';
import { leastHeight, rowsOf, type Rows } from './rows';
import type { Trace } from './wire';

const all = Object.entries(traces);

/** The tops of the cells, from the upmost down. */
function cellTops(trace: Trace, rows: Rows): number[] {
  const { layers } = trace.network.topology;
  const directions = rows.twoWay ? (['forward', 'backward'] as const) : (['forward'] as const);
  const tops = directions.flatMap((direction) => Array.from({ length: layers }, (_, l) => rows.state(l, direction)));
  return tops.sort((a, b) => a - b);
}

describe.each(all)('the rows of %s', (_, trace) => {
  const graph = graphOf(trace);
  const least = leastHeight(trace, graph);
  const heights = [least, least + 1, least + 60, 360, 600, 1200].filter((height) => height >= least);

  test.each(heights)('lie one below the other, at a height of %d', (height) => {
    for (const dense of [false, true]) {
      const rows = rowsOf(trace, graph, height, dense);
      const cells = cellTops(trace, rows);
      const edges = [
        [0, rows.bracketY],
        [rows.output, rows.output + rows.chip],
        [rows.lane.y, rows.lane.y + rows.lane.height],
        ...cells.map((top) => [top, top + rows.cell.height]),
        [rows.input, rows.input + rows.inputChip],
        [rows.bracketX, rows.height],
      ].flat();
      edges.slice(1).forEach((edge, i) => expect(edge).toBeGreaterThanOrEqual((edges[i] ?? 0) - 1e-9));
      if (trace.reading) expect(rows.reading.y + rows.reading.height).toBeLessThan(rows.output);
    }
  });

  test('take the height that there is, and never less than they need', () => {
    for (const height of heights) expect(rowsOf(trace, graph, height, false).height).toBeCloseTo(height, 6);
    expect(rowsOf(trace, graph, least - 50, false).height).toBeCloseTo(least, 6);
  });

  test('grow with the height, or stay', () => {
    const grown = heights.sort((a, b) => a - b).map((height) => rowsOf(trace, graph, height, false));
    grown.slice(1).forEach((rows, i) => {
      const before = grown[i] ?? rows;
      expect(rows.cell.height).toBeGreaterThanOrEqual(before.cell.height - 1e-9);
      expect(rows.lane.height).toBeGreaterThanOrEqual(before.lane.height - 1e-9);
    });
  });
});
