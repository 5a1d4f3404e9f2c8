import { Unfit } from './form';
import type { Trace } from './wire';

/** What a schema cannot say of a trace: that its parts fit together, so that whoever draws it finds what it looks for. */

const times = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function sized(list: readonly unknown[] | null, length: number, place: string, why: string): void {
  if (list && list.length !== length)
    throw new Unfit(`${place} is ${list.length} long, and should be ${length}: ${why}`);
}

function rows(matrix: readonly (readonly number[])[] | null, width: number, place: string, why: string): void {
  matrix?.forEach((row, i) => sized(row, width, `${place}[${i}]`, why));
}

function within(index: number | null, end: number, place: string): void {
  if (index !== null && (index < 0 || index >= end))
    throw new Unfit(`${place} is ${index}, and there are only ${end} to point at`);
}

function checkColumns({ columns, T_x, outputs }: Trace): void {
  if (!columns.length) throw new Unfit('columns is empty: a run has at least one step');
  columns.forEach((column, i) => {
    if (column.t !== i) throw new Unfit(`columns[${i}].t is ${column.t}, and should be ${i}`);
    within(column.x, T_x, `columns[${i}].x`);
    within(column.y, outputs.length, `columns[${i}].y`);
    within(column.y_prev, outputs.length, `columns[${i}].y_prev`);
  });
}

function checkLayers({ columns, network, layers }: Trace): void {
  const { cell, topology } = network;
  const names = ['h', ...cell.values.map(({ name }) => name)];
  const twice = cell.values.find(({ name }, i) => cell.values.findIndex((other) => other.name === name) !== i);
  if (twice) throw new Unfit(`network.cell.values names ${twice.name} twice`);
  layers.forEach((record, i) => {
    const steps = columns.filter(({ part }) => part === record.part).length;
    const at = `layers[${i}]`;
    for (const name of names) {
      const values = record.values[name];
      if (!values) throw new Unfit(`${at}.values.${name} is missing, which the cell computes`);
      const place = `${at}.values.${name}`;
      sized(values, steps, place, `the ${record.part} has ${times(steps, 'step')}`);
      rows(values, values[0]?.length ?? 0, place, 'its rows are equally long');
    }
    for (const name of cell.states) {
      const initial = record.initial[name];
      if (!initial) throw new Unfit(`${at}.initial.${name} is missing, which the cell carries on`);
      sized(initial, record.values[name]?.[0]?.length ?? 0, `${at}.initial.${name}`, 'it is a state like the others');
    }
    sized(record.seen_x, steps, `${at}.seen_x`, `the ${record.part} has ${times(steps, 'step')}`);
    sized(record.seen_y, steps, `${at}.seen_y`, `the ${record.part} has ${times(steps, 'step')}`);
  });
  for (const part of new Set(columns.map(({ part }) => part)))
    for (let layer = 0; layer < topology.layers; layer++)
      for (const direction of ['forward', 'backward'].slice(0, part === 'encoder' ? topology.directions : 1)) {
        const found = layers.filter((r) => r.part === part && r.layer === layer && r.direction === direction).length;
        if (found !== 1)
          throw new Unfit(
            `layers holds ${found} records of the ${part}, layer ${layer}, ${direction}, and should hold one`,
          );
      }
}

function checkGradient({ gradient, layers, T_x, outputs }: Trace): void {
  if (!gradient) return;
  within(gradient.y, outputs.length, 'gradient.y');
  sized(gradient.x, T_x, 'gradient.x', `T_x is ${T_x}`);
  for (const name of ['h', 'c'] as const) {
    const slopes = gradient[name];
    sized(slopes, layers.length, `gradient.${name}`, 'it has a row for each of layers');
    slopes?.forEach((row, i) =>
      sized(row, layers[i]?.seen_x.length ?? 0, `gradient.${name}[${i}]`, 'it has a number for each step'),
    );
  }
}

function checkOutputs(trace: Trace): void {
  const { outputs, T_x, T_y, places, spans, reading } = trace;
  const count = times(outputs.length, 'output');
  if (reading) sized(reading, T_y, 'reading', `T_y is ${T_y}`);
  else sized(outputs, T_y, 'outputs', `T_y is ${T_y}`);
  sized(trace.y_hat, outputs.length, 'y_hat', `there are ${count}`);
  rows(trace.y_hat, trace.network.n_y, 'y_hat', `n_y is ${trace.network.n_y}`);
  sized(trace.running, T_x, 'running', `T_x is ${T_x}`);
  sized(trace.truth, T_y, 'truth', `T_y is ${T_y}`);
  sized(trace.y_values, trace.network.n_y, 'y_values', `n_y is ${trace.network.n_y}`);
  sized(trace.attention, outputs.length, 'attention', `there are ${count}`);
  rows(trace.attention, places?.length ?? T_x, 'attention', places ? 'it weighs the places' : `T_x is ${T_x}`);
  for (const [name, all] of [
    ['spans', spans],
    ['reading', reading],
  ] as const)
    all?.forEach(({ first, last }, i) => {
      within(first, outputs.length, `${name}[${i}].first`);
      within(last, outputs.length, `${name}[${i}].last`);
    });
}

/** Check that all parts of a trace fit together. Throws Unfit at the first that does not. */
export function checkLaws(trace: Trace): void {
  const { x, x_labels, T_x, columns, seconds, network } = trace;
  if (T_x < 0 || trace.T_y < 0 || network.hidden < 1 || network.topology.layers < 1)
    throw new Unfit('T_x, T_y, hidden and layers count what is there, and one of them is too small');
  sized(x_labels, T_x, 'x_labels', `T_x is ${T_x}`);
  sized(x, T_x, 'x', `T_x is ${T_x}`);
  rows(x, x[0]?.length ?? 0, 'x', 'its rows are equally long');
  sized(seconds, columns.length, 'seconds', `there are ${times(columns.length, 'column')}`);
  checkColumns(trace);
  checkOutputs(trace);
  checkLayers(trace);
  checkGradient(trace);
}
