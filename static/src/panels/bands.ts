import { area, curveStepAfter, stack } from 'd3-shape';
import { heightOf } from '../charts/lines';
import type { OutputsOverTime } from './outputs';

/** Draw the bands as SVG paths over steps `column` pixels wide: a value lasts for the whole of its step. */
export function bandPaths({ shape, bands, range }: OutputsOverTime, column: number, height: number): string[] {
  const y = heightOf(height, range);
  const steps = bands[0]?.values.length ?? 0;
  const rows = Array.from({ length: steps + 1 }, (_, t) => bands.map((b) => b.values[Math.min(t, steps - 1)] ?? 0));
  const keys = bands.map((_, i) => i);
  const layers =
    shape === 'stack'
      ? stack<number[], number>()
          .keys(keys)
          .value((row, i) => row[i] ?? 0)(rows)
      : [];
  const draw = area<readonly [number, number]>()
    .curve(curveStepAfter)
    .x((_, t) => Math.round(t * column * 10) / 10)
    .y0(([low]) => Math.round(y(low) * 10) / 10)
    .y1(([, high]) => Math.round(y(high) * 10) / 10);
  const floor = Math.max(0, range[0]);
  return keys.map((i) => {
    const spans =
      layers[i]?.map(([low, high]) => [low, high] as const) ??
      rows.map((row) => [shape === 'area' ? floor : (row[i] ?? 0), row[i] ?? 0] as const);
    return draw(spans) ?? '';
  });
}
