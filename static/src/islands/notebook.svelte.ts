import type { Theme } from '../core/scales';
import type { Trace } from '../core/wire';
import type { View } from '../example/view.svelte';
import { setTheme } from './theme';

/** What a notebook says to the page in its frame. What is left out, or null, stays as it is. */
interface Said {
  step?: number | null;
  unit?: number | null;
  theme?: Theme;
}

/**
 * Keep the playhead and the chosen unit of a page in a frame in step with whoever framed it: unrolled/viewer/widget.js.
 * The page says that it is ready; once it has been answered, it says what changes.
 */
export function joinNotebook(view: View, trace: Trace): void {
  const { parent } = window;
  if (parent === window) return;
  const say = (unrolled: object) => parent.postMessage({ unrolled }, '*');
  let answered = false;

  function obey({ step, unit, theme }: Said): void {
    if (theme === 'light' || theme === 'dark') setTheme(theme);
    if (typeof step === 'number' && step !== view.playback.step) view.playback.seek(step);
    if (unit === null || (typeof unit === 'number' && unit < trace.network.hidden)) view.chooseUnit(unit);
  }

  window.addEventListener('message', ({ source, data }: MessageEvent<{ unrolled?: Said }>) => {
    if (source !== parent || !data?.unrolled) return;
    obey(data.unrolled);
    if (answered) return;
    answered = true;
    $effect.root(() => {
      $effect(() => say({ step: view.playback.step, unit: view.unit }));
    });
  });
  say({ ready: true });
}
