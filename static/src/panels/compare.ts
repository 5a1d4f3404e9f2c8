import { area, curveStepAfter, line } from 'd3-shape';
import { type VerdictScale, trackOf } from '../core/verdict';
import type { Trace } from '../core/wire';
import { lanesOf, type Lane } from './history';
import { barScale, type BarScale, shareLeft, slopedStates, slopesOf, type Slopes } from './slope';

/** The gradient along one chain of states; c is there where the cell has one. */
export interface Chain {
  lane: Lane;
  h: Slopes;
  c: Slopes | null;
}

/** One network in the comparison: what it said along the way, and how far back its gradient reaches. */
export interface Contestant {
  scale: VerdictScale | null;
  /** What it says after each column, as a number on the scale; null where it says nothing yet. */
  verdict: Slopes;
  chains: readonly Chain[];
  /** The share of the gradient that is left where the forward chain begins; null where it has none. */
  left: number | null;
}

/** Find what is compared in a trace: its verdict, and the gradients of the last layer. */
export function contestantOf(trace: Trace): Contestant {
  const track = trackOf(trace);
  const verdict = trace.columns.map((column) => {
    const output = track?.at(column);
    return track && output ? track.scale.read(output) : null;
  });
  const last = trace.network.topology.layers - 1;
  const hasC = slopedStates(trace).includes('c');
  const chains = lanesOf(trace)
    .filter(({ layer }) => layer === last)
    .map((lane) => ({ lane, h: slopesOf(trace, lane), c: hasC ? slopesOf(trace, lane, 'c') : null }));
  const forward = chains.find(({ lane }) => lane.direction === 'forward');
  return { scale: track?.scale ?? null, verdict, chains, left: forward ? shareLeft(forward.c ?? forward.h, 'forward') : null };
}

/** Scale the gradients of several networks alike, by powers of ten. */
export function gradientScale(contestants: readonly Contestant[], height: number): BarScale {
  return barScale(contestants.flatMap(({ chains }) => chains.flatMap(({ h, c }) => [...h, ...(c ?? [])])), 'log', height);
}

/** The range that the verdicts of several networks share; null where they have none. */
export function verdictRange(contestants: readonly Contestant[]): [number, number] | null {
  const scales = contestants.map(({ scale }) => scale).filter((scale) => scale !== null);
  return scales.length ? [Math.min(...scales.map((s) => s.low)), Math.max(...scales.map((s) => s.high))] : null;
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
