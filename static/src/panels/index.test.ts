import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import { focusOn } from '../core/focus';
import { graphOf } from '../core/graph';
import { stepCount, timetableOf } from '../core/timeline';
import { veiled } from '../core/veil';
import type { Trace } from '../core/wire';
import { textOf } from './growing';
import { panels } from './index';
import Inspector from '../example/Inspector.svelte';
import type { PanelProps } from './panel';

const recorded = import.meta.glob<Trace>('../fixtures/*.json', { eager: true, import: 'default' });
const traces = Object.entries(recorded).map(([path, trace]) => [path.replace(/.*\/|\.json/g, ''), trace] as const);

function propsOf(trace: Trace, column: number): PanelProps {
  return { trace, focus: focusOn(trace, column), notation: 'ng', theme: 'light', onfocus: () => undefined };
}

const veiledAt = (trace: Trace, step: number): Trace => veiled(trace, timetableOf(graphOf(trace)), step);

const applying = (trace: Trace): string[] => panels.filter((panel) => panel.applies(trace)).map((panel) => panel.id);

const drawings = Object.fromEntries(
  await Promise.all(panels.map(async (panel) => [panel.id, (await panel.load()).default] as const)),
);
const drawn = (id: string, props: PanelProps): string => render(drawings[id]!, { props }).body;

describe('panels', () => {
  test('the attention panel applies where there is attention to steps, and only there', () => {
    for (const [, trace] of traces)
      expect(applying(trace).includes('attention')).toBe(trace.attention !== null && trace.places === null);
    expect(traces.some(([, trace]) => trace.attention)).toBe(true);
  });

  test('the places of a picture have a panel of their own', () => {
    for (const [name, trace] of traces) expect(applying(trace).includes('places')).toBe(name === 'places');
  });

  test('a network of one step has no lines over time', () => {
    expect(applying(recorded['../fixtures/one_to_one.json']!)).not.toContain('units');
    expect(applying(recorded['../fixtures/one_to_many.json']!)).toContain('units');
  });

  test.each(traces)('every panel draws %s at its first and last column', (_, trace) => {
    for (const column of [0, trace.columns.length - 1]) {
      for (const panel of panels.filter(({ applies }) => applies(trace))) {
        expect(drawn(panel.id, propsOf(trace, column)), panel.id).not.toMatch(/NaN|undefined/);
      }
    }
  });

  test.each(traces)('before the first step nothing of %s is computed or written', (_, trace) => {
    const props = { ...propsOf(veiledAt(trace, 0), 0), whole: trace, reached: 0 };
    const { body } = render(Inspector, { props });
    expect(body).toContain('Nothing is computed yet');
    expect(body).not.toMatch(/recorded = PyTorch|what it considered|NaN/);
    const growing = panels.find(({ id }) => id === 'growing');
    if (growing?.applies(trace)) expect(drawn('growing', props)).toContain('Nothing is written yet');
  });

  test('the growing text holds what is drawn, not the letter on its way', () => {
    const trace = recorded['../fixtures/one_to_many.json']!;
    const body = drawn('growing', propsOf(veiledAt(trace, 3), 3));
    const told = /<p class="text[^>]*>(.*?)<\/p>/s.exec(body)?.[1]?.replaceAll(/<[^>]*>/g, '');
    expect(told).toBe(`${textOf(trace, 3)}…`);
  });

  test('a state that is pinned ahead of the playhead keeps its numbers back', () => {
    const trace = recorded['../fixtures/many_to_one.json']!;
    const props = { ...propsOf(veiledAt(trace, 1), 2), whole: trace };
    const { body } = render(Inspector, { props: { ...props, focus: { ...props.focus, pinned: true } } });
    expect(body).toContain('This state is not there yet');
    expect(body).not.toContain('recorded = PyTorch');
  });

  test.each(traces)('every panel draws %s behind the veil, at every step', (_, trace) => {
    const steps = stepCount(trace);
    for (const step of new Set([0, 1, Math.floor(steps / 2), steps])) {
      const props = { ...propsOf(veiledAt(trace, step), 0), whole: trace, reached: step / steps };
      for (const panel of panels.filter(({ applies }) => applies(trace))) {
        expect(drawn(panel.id, props), panel.id).not.toMatch(/NaN|undefined|Infinity/);
      }
    }
  });

  test.each(traces)('the inspector says how far the record of %s lies from PyTorch', (_, trace) => {
    const body = (t: Trace): string => render(Inspector, { props: propsOf(t, 0) }).body;
    const own = trace.check.reference === 'cell';
    expect(body(trace)).toMatch(own ? /the cell’s own equations/ : /recorded = PyTorch to (\d|the last bit)/);
    expect(body(trace).includes('= PyTorch to')).toBe(!own);
    const changed = { ...trace, check: { ...trace.check, max_abs_error: null } };
    expect(body(changed)).toContain('changed on purpose');
    expect(body({ ...trace, check: { ...trace.check, max_abs_error: 0.01 } })).not.toContain('recorded = PyTorch');
  });
});
