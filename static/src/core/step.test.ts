import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { titleOf } from '../cells/reading';
import Transport from '../diagram/Transport.svelte';
import { Playback } from '../diagram/playback.svelte';
import { traces } from '../fixtures';
import { focusOn } from './focus';
import { inputText, layout } from './layout';
import { paceOf } from './pace';
import { sentenceAt } from './sentence';
import { frameAt, progressOf, stepAt } from './timeline';

const FINE = 0.07; // falls on every part of a step, whole steps among them

test.each(Object.entries(traces))('at every instant of %s, all that names a step names the same one', (_, trace) => {
  const scene = layout(trace, { width: 900, height: 400 });
  const { times } = scene;
  const playback = new Playback(paceOf({ seconds: null }, times.columns));
  for (let playhead = 0; playhead <= times.steps; playhead = Math.round((playhead + FINE) * 100) / 100) {
    playback.playhead = playhead;
    const frame = frameAt(scene.times, playhead);
    const sentence = sentenceAt(trace, times, frame);
    expect([stepAt(playhead), playback.step]).toEqual([frame.step, frame.step]);
    expect(sentence).toMatch(
      frame.step ? `Step ${frame.step} of ${times.steps}: ` : `Before step 1 of ${times.steps}: `,
    );
    if (frame.step === 0) continue;
    expect(titleOf(trace, focusOn(trace, frame.column))).toMatch(`t = ${frame.column + 1}`);
    expect(progressOf(frame, `in.${frame.column}`)).toBeGreaterThan(0);
    const column = trace.columns[frame.column];
    if (column && times.steps === trace.columns.length)
      expect(sentence).toContain(inputText(trace, column).replace('∅', 'reads nothing'));
  }
  const some = frameAt(scene.times, 0.4 * times.steps);
  playback.playhead = some.playhead;
  const quiet = {
    onfold: () => undefined,
    onexport: () => undefined,
    onlink: () => Promise.resolve(true),
    presenting: false,
    onpresent: () => undefined,
    onhelp: () => undefined,
  };
  const { body } = render(Transport, {
    props: { scene, playback, folded: false, sentence: sentenceAt(trace, times, some), ...quiet },
  });
  expect(body).toContain(`step ${some.step} of ${times.steps}`);
});

test.each(Object.entries(traces))('the sentence of %s tells no output before it is drawn', (_, trace) => {
  const scene = layout(trace, { width: 900, height: 400 });
  for (let playhead = 0; playhead <= scene.times.steps; playhead += FINE) {
    const frame = frameAt(scene.times, playhead);
    const told = [...sentenceAt(trace, scene.times, frame).matchAll(/output (\d+) (?:is|was)/g)].map(
      ([, y]) => Number(y) - 1,
    );
    expect(told.filter((y) => progressOf(frame, `y.${y}`) === 0)).toEqual([]);
  }
});
