import '../styles/viewer.css';
import { mount } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Theme } from '../core/scales';
import type { Trace } from '../core/wire';
import Viewer from '../example/Viewer.svelte';
import type { Finding } from '../example/findings';
import { View } from '../example/view.svelte';
import { currentTheme, onTheme, toggleTheme } from './theme';

/** A page of its own, which unrolled/viewer writes: everything that it draws is in it, and it asks nobody. */

/** Read one of the documents in the page. */
const embedded = <T>(id: string): T => JSON.parse(document.getElementById(id)?.textContent ?? 'null') as T;

const follow = createSubscriber(onTheme);
function theme(): Theme {
  follow();
  return currentTheme();
}

const target = document.getElementById('viewer');
if (target) {
  const trace = embedded<Trace>('trace');
  const view = new View(document.title, 'trace');
  view.show(trace);
  mount(Viewer, { target, props: { view, trace, theme, findings: embedded<Finding[]>('findings') } });
}
document.querySelector('[data-toggle-theme]')?.addEventListener('click', toggleTheme);
