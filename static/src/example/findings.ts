import type { Direction, Focus, Part } from '../core/focus';
import type { Trace } from '../core/wire';

/** What somebody who looked at a network says of it: unrolled/findings.py. */
export interface Finding {
  kind: string;
  title: string;
  sentence: string;
  way_out: string;
  /** The columns that show it, from 0. */
  steps: readonly number[];
  part: Part | null;
  layer: number | null;
  direction: Direction | null;
  /** The units that show it, from 0; empty where it is about no single ones. */
  units: readonly number[];
  /** The line to write instead. */
  code: string | null;
}

/** The state that shows a finding, as far as it names one: what the focus moves to beside the step. */
export function placeOf({ layer, direction, units }: Finding): Partial<Focus> {
  const unit = units[0];
  return {
    ...(layer !== null && { layer }),
    ...(direction !== null && { direction }),
    ...(unit !== undefined && { unit }),
  };
}

/** A few of many, and how many more there are. */
export interface Few {
  shown: readonly number[];
  more: number;
}

function few(all: readonly number[], end: number, most: number): Few {
  const there = [...new Set(all)].filter((i) => i >= 0 && i < end).sort((a, b) => a - b);
  return { shown: there.slice(0, most), more: Math.max(0, there.length - most) };
}

/** The steps of a finding that the trace has, as many as can be named beside a sentence. */
export const stepsOf = ({ steps }: Finding, { columns }: Pick<Trace, 'columns'>, most = 6): Few =>
  few(steps, columns.length, most);

/** The same of its units. */
export const unitsOf = ({ units }: Finding, { network }: Pick<Trace, 'network'>, most = 6): Few =>
  few(units, network.hidden, most);

/** The column where a unit of a finding is shown: where the finding says, else where its part begins. */
export const columnOf = ({ steps, part }: Finding, { columns }: Pick<Trace, 'columns'>): number =>
  steps[0] ??
  Math.max(
    0,
    columns.findIndex((column) => part === null || column.part === part),
  );
