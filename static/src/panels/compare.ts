import { area, curveStepAfter, line } from 'd3-shape';
import { type VerdictScale, trackOf } from '../core/verdict';
import { isHidden } from '../core/veil';
import type { Trace } from '../core/wire';
import { lanesOf, type Lane } from '../charts/history';
import { barScale, type BarScale, slopedStates, slopesOf, type Slopes } from '../charts/slope';

/** The gradient along one chain of states; c is there where the cell has one. */
export interface Chain {
  lane: Lane;
  h: Slopes;
  c: Slopes | null;
}

/** One network in the comparison: what it said along the way, and how far back its gradient reaches. */
export interface Contestant {
  scale: VerdictScale | null;
  /** True where the verdict is what it would say if the input stopped there; false where it answers at each step. */
  running: boolean;
  /** What it says after each column, as a number on the scale; null where it says nothing yet. */
  verdict: Slopes;
  chains: readonly Chain[];
  /** How many steps back from the output the gradient reaches; null where it need not go along the chain. */
  reach: number | null;
}

const LEFT = 0.1; // of its greatest length; the gradient has reached as far as there is no less

/** Count the steps back from an output, over which a tenth of a gradient's greatest length is left. */
export function reachOf(slopes: Slopes, output: number): number {
  const before = slopes.slice(0, output + 1);
  const most = Math.max(...before.map((slope) => slope ?? 0));
  const furthest = before.findIndex((slope) => slope !== null && most > 0 && slope >= LEFT * most);
  return furthest < 0 ? 0 : output - furthest;
}

/**
 * Choose the output whose gradients say something to begin with: the one a network is least sure of, where it
 * answers at each step; else -1, the last, which every network has, or the whole reading where outputs collapse.
 */
export function telling({ network, outputs }: Trace): number {
  if (!network.topology.answers_each_step || network.topology.collapse || network.output === 'identity') return -1;
  const doubts = outputs.map(({ p }) => (network.output === 'sigmoid' ? Math.min(p, 1 - p) : 1 - p));
  return doubts.indexOf(Math.max(...doubts));
}

/** Find what is compared in a trace, as far as it is shown: its verdict, and the gradients of the last layer. */
export function contestantOf(trace: Trace, shown: Trace = trace): Contestant {
  const track = trackOf(trace);
  const verdict = trace.columns.map((column) => {
    const output = track?.at(column);
    const seen = track?.running ? shown.running?.[column.step] : shown.outputs[column.y ?? -1];
    return track && output && !isHidden(seen) ? track.scale.read(output) : null;
  });
  const last = trace.network.topology.layers - 1;
  const hasC = slopedStates(trace).includes('c');
  const chains = lanesOf(trace)
    .filter(({ layer }) => layer === last)
    .map((lane) => ({ lane, h: slopesOf(shown, lane), c: hasC ? slopesOf(shown, lane, 'c') : null }));
  const forward = chains.find(({ lane }) => lane.direction === 'forward');
  const output = trace.columns.find(({ y }) => y !== null && y === trace.gradient?.y)?.t;
  const along = forward && output !== undefined && !trace.attention && shown.gradient;
  const reach = along ? reachOf(forward.c ?? forward.h, output) : null;
  return { scale: track?.scale ?? null, running: track?.running ?? false, verdict, chains, reach };
}

/** How high a chain's gradient is drawn, in pixels. */
export const STRIP = 34;

/** Scale the gradients of several networks alike, by powers of ten. */
export function gradientScale(contestants: readonly Contestant[]): BarScale {
  return barScale(
    contestants.flatMap(({ chains }) => chains.flatMap(({ h, c }) => [...h, ...(c ?? [])])),
    'log',
    STRIP - 4,
  );
}

/** Say which way a chain runs, where a network has two. */
export function arrowOf({ chains }: Contestant, { lane }: Chain): string {
  return chains.length === 1 ? '' : lane.direction === 'forward' ? '→ ' : '← ';
}

/** What a verdict is drawn on, and how its numbers are written. */
export interface VerdictAxis {
  range: [number, number];
  write: VerdictScale['write'];
}

/** The axis of one network's verdict, shared with those that measure the same; null where it has none. */
export function verdictAxis(one: Contestant, all: readonly Contestant[]): VerdictAxis | null {
  const { scale } = one;
  if (!scale) return null;
  const alike = all.flatMap((other) => (other.scale?.title === scale.title ? [other.scale] : []));
  return { range: [Math.min(...alike.map((s) => s.low)), Math.max(...alike.map((s) => s.high))], write: scale.write };
}

const tenth = (value: number) => Math.round(value * 10) / 10;

/** Draw slopes as an area of steps that stands on the floor, each step `column` pixels wide. */
export function slopeArea(slopes: Slopes, column: number, height: number, scale: BarScale): string {
  return (
    area<number | null>()
      .defined((slope) => slope !== null)
      .curve(curveStepAfter)
      .x((_, t) => tenth(t * column))
      .y0(height)
      .y1((slope) => tenth(height - scale.height(slope ?? 0)))([...slopes, slopes.at(-1) ?? null]) ?? ''
  );
}

/** Draw slopes as a line. */
export function slopeLine(slopes: Slopes, column: number, height: number, scale: BarScale): string {
  return (
    line<number | null>()
      .defined((slope) => slope !== null)
      .x((_, t) => tenth((t + 0.5) * column))
      .y((slope) => tenth(height - scale.height(slope ?? 0)))(slopes) ?? ''
  );
}
