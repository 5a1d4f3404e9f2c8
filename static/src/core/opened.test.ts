import { describe, expect, test } from 'vitest';
import { cellTraces, traces } from '../fixtures';
import { panels } from '../panels';
import { Unfit } from './form';
import { layout } from './layout';
import { readTrace } from './opened';
import { sentenceAt } from './sentence';
import { frameAt } from './timeline';
import { veiled } from './veil';
import type { Trace } from './wire';

const all = { ...traces, ...cellTraces };
const small = { attention: traces.attention, oneToMany: traces.oneToMany, collapsed: traces.manyToManyCollapsed };

type Path = readonly (string | number)[];

/** Every place in a document, outside in; of long lists the first and the last entry. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const names = Array.isArray(value)
    ? [...new Set([0, value.length - 1])].filter((i) => i in value)
    : Object.keys(value);
  return [
    path,
    ...names.flatMap((name) => placesIn((value as Record<string | number, unknown>)[name], [...path, name])),
  ];
}

const written = (path: Path): string =>
  path.reduce<string>((at, name) => (typeof name === 'number' ? `${at}[${name}]` : at ? `${at}.${name}` : name), '');

/** A copy of a document with the holder of one place given to somebody who changes it. */
function changed(
  document: unknown,
  path: Path,
  change: (holder: Record<string | number, unknown>, last: string | number) => void,
) {
  const copy: unknown = structuredClone(document);
  const holder = path.slice(0, -1).reduce((at, name) => (at as Record<string | number, unknown>)[name], copy);
  change(holder as Record<string | number, unknown>, path.at(-1) ?? '');
  return JSON.stringify(copy);
}

/** What is wrong with a text; null where nothing is. */
function wrongWith(text: string): string | null {
  try {
    readTrace(text);
    return null;
  } catch (error) {
    if (error instanceof Unfit) return error.message;
    throw error;
  }
}

/** Do what the page does with a trace that it accepted. */
function drawn(trace: Trace): void {
  const { times } = layout(trace, { width: 720, height: 360 });
  for (const share of [0, 0.4, 1]) {
    const frame = frameAt(times, share * times.steps);
    sentenceAt(veiled(trace, times, frame.playhead), times, frame);
  }
  panels.forEach(({ applies }) => applies(trace));
}

test.each(Object.entries(all))('the trace %s is read as it is', (_, trace) => {
  expect(readTrace(JSON.stringify(trace))).toEqual(trace);
});

test('what an older trace leaves out, and has a default, is put in', () => {
  const { spans: _, remarks: __, ...older } = traces.manyToOne;
  expect(readTrace(JSON.stringify(older))).toEqual({ ...traces.manyToOne, spans: null, remarks: [] });
});

describe.each(Object.entries(small))('of the trace %s', { timeout: 120_000 }, (_, trace) => {
  const places = placesIn(trace).slice(1);

  test('every value of another type is refused by its place, wherever it stands', () => {
    const missed = places.filter((path) => {
      const sentence = wrongWith(changed(trace, path, (holder, name) => (holder[name] = { strange: true })));
      return !sentence?.includes(written(path.slice(0, 1)));
    });
    expect(missed).toEqual([]);
  });

  // Numbers that are drawn as they are point nowhere.
  const pointing = places.filter(
    (path) =>
      !path.some((name) => ['values', 'initial', 'y_hat', 'attention', 'x'].includes(String(name)) && path.length > 3),
  );

  test('whatever is left out or cut is refused in a sentence, or can be drawn all the same', () => {
    const cut = (holder: Record<string | number, unknown>, name: string | number) =>
      Array.isArray(holder) ? holder.splice(Number(name), 1) : delete holder[name];
    for (const path of pointing) {
      const text = changed(trace, path, cut);
      if (wrongWith(text) === null) drawn(readTrace(text));
    }
  });

  test('a number that points nowhere is refused, or can be drawn all the same', () => {
    for (const path of pointing) {
      let numeric = false;
      const text = changed(trace, path, (holder, name) => {
        numeric = typeof holder[name] === 'number';
        if (numeric) holder[name] = 999;
      });
      if (numeric && wrongWith(text) === null) drawn(readTrace(text));
    }
  });

  test('a row of values that is shorter than the others is refused by its place', () => {
    trace.layers.forEach((record, i) =>
      Object.keys(record.values).forEach((name) => {
        const text = changed(trace, ['layers', i, 'values', name, 1, 0], (row) => (row as unknown as number[]).pop());
        expect(wrongWith(text)).toContain(`layers[${i}].values.${name}[1] is`);
      }),
    );
  });
});

test.each([
  ['', 'empty'],
  ['not json', 'not JSON'],
  ['<!doctype html>', 'web page'],
  ['{"x": [1, NaN]}', 'not finite'],
  ['{"x": [1, -Infinity]}', 'not finite'],
  ['{"x": 1}', 'not a trace'],
  ['[]', 'not a trace'],
  ['null', 'not a trace'],
  ['{"version": 2, "columns": []}', 'version 2'],
  ['{"version": "1", "columns": []}', 'version "1"'],
  [JSON.stringify({ ...traces.manyToOne, colour: 'red' }), 'colour is no field'],
  [JSON.stringify({ ...traces.manyToOne, T_x: 99 }), 'T_x is 99'],
  [JSON.stringify({ ...traces.manyToOne, columns: [] }), 'columns is empty'],
  [JSON.stringify(traces.manyToOne).replace('"p":0.', '"p":1e999,"q":0.'), 'no finite number'],
])('case %#: what is wrong is said', (text, words) => {
  expect(wrongWith(text)).toContain(words);
});
