import '../styles/viewer.css';
import { mount } from 'svelte';
import { Unfit } from '../core/form';
import { checked } from '../core/opened';
import Viewer from '../example/Viewer.svelte';
import type { Finding } from '../example/findings';
import { View } from '../example/view.svelte';
import { theme } from './following';
import { joinNotebook } from './notebook.svelte';
import { toggleTheme } from './theme';

/** A page of its own, which unrolled/viewer writes: everything that it draws is in it, and it asks nobody. */

/** Read one of the documents in the page. */
const embedded = (id: string): unknown => JSON.parse(document.getElementById(id)?.textContent ?? 'null');

function begin(target: HTMLElement): void {
  const trace = checked(embedded('trace'));
  const view = new View(document.title, 'trace');
  view.show(trace);
  mount(Viewer, { target, props: { view, trace, theme, findings: embedded('findings') as Finding[] } });
  joinNotebook(view, trace);
}

const target = document.getElementById('viewer');
try {
  if (target) begin(target);
} catch (error) {
  const words = error instanceof Unfit ? error.message : `This trace cannot be drawn: ${String(error)}.`;
  target?.append(Object.assign(document.createElement('p'), { className: 'trouble', textContent: words }));
}
document.querySelector('[data-toggle-theme]')?.addEventListener('click', toggleTheme);
