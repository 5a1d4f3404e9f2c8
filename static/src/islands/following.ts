import { createSubscriber } from 'svelte/reactivity';
import type { Theme } from '../core/scales';
import { currentTheme, onTheme } from './theme';

const follow = createSubscriber(onTheme);

/** The theme, for what is drawn again when it changes. */
export function theme(): Theme {
  follow();
  return currentTheme();
}
