import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { inRow, isBlank, readSoFar } from './collapse';
import { graphOf } from './graph';
import { layout } from './layout';
import { sentenceAt } from './sentence';
import { frameAt, timetableOf } from './timeline';
import { HIDDEN, veiled } from './veil';
import type { Trace } from './wire';

const trace = traces.manyToManyCollapsed;
const times = timetableOf(graphOf(trace));
const scene = layout(trace, { width: 1100, height: 520 });

/** Collapse by the rule itself: equal neighbours become one, then blanks go. */
function collapsed({ outputs, network }: Trace): string[] {
  const said = outputs.filter(({ label }) => label !== HIDDEN);
  return said
    .filter((output, y) => output.index !== said[y - 1]?.index && output.index !== network.blank)
    .map(({ label }) => label);
}

describe('outputs that collapse', () => {
  test('have blanks, repeats and the same label twice in the fixture, or the rest proves nothing', () => {
    const labels = trace.reading!.map(({ label }) => label);
    expect(trace.outputs.some((output) => isBlank(trace, output))).toBe(true);
    expect(trace.reading!.some(({ first, last }) => last > first)).toBe(true);
    expect(labels.some((label, i) => label === labels[i - 1])).toBe(true);
  });

  test('read so far what the frames so far collapse to', () => {
    for (let step = 0; step <= trace.outputs.length; step += 1) {
      const seen = veiled(trace, times, step);
      expect(readSoFar(seen).map(({ label }) => label)).toEqual(collapsed(seen));
    }
    expect(inRow(readSoFar(trace), trace)).toBe(trace.readings![0]!.text);
  });

  test('keep the reading to come behind the veil', () => {
    const half = veiled(trace, times, 6);
    const known = half.outputs.filter(({ label }) => label !== HIDDEN).length;
    expect(half.reading!.every(({ first }) => first < known)).toBe(true);
    expect(half.readings).toBeNull();
    expect(half.gradient).toBeNull();
  });

  test('put each label over exactly the frames that made it, and T_y over exactly the labels', () => {
    const box = (y: number) => scene.boxes.find(({ item }) => item.id === `y.${y}`)!;
    expect(scene.reading).toHaveLength(trace.T_y);
    for (const { first, last, x, y, width, height } of scene.reading) {
      expect([x, x + width]).toEqual([box(first).x, box(last).x + box(last).width]);
      expect(y + height).toBeLessThan(box(first).y);
    }
    const bracket = scene.brackets.find(({ symbol }) => symbol === 'T_y')!;
    expect([bracket.start, bracket.end, bracket.length]).toEqual([
      scene.reading[0]!.x,
      scene.reading.at(-1)!.x + scene.reading.at(-1)!.width,
      trace.T_y,
    ]);
    expect(bracket.y).toBeLessThan(scene.reading[0]!.y);
  });

  test('are bracketed by T_y = 0 where blanks alone come out', () => {
    const silent = { ...trace, T_y: 0, reading: [] };
    const bracket = layout(silent, { width: 1100, height: 520 }).brackets[1]!;
    expect([bracket.length, bracket.note, bracket.columns]).toEqual([0, 'blanks alone', []]);
    expect(Number.isFinite(bracket.start)).toBe(true);
  });

  test('are told as they come, blanks as blanks', () => {
    const sentences = trace.outputs.map((_, t) => sentenceAt(trace, times, frameAt(times, t + 1)));
    const blank = trace.outputs.findIndex((output) => isBlank(trace, output));
    expect(sentences[blank]).toContain(`output ${blank + 1} is blank, `);
    expect(sentences.at(-1)).toContain(`read so far: “${trace.readings![0]!.text}”`);
    sentences.forEach((sentence, t) => {
      const begun = trace.reading!.filter(({ first }) => first <= t);
      expect(sentence).toContain(`read so far: “${inRow(begun, trace)}”`);
    });
  });
});
