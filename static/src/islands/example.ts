import { mount } from 'svelte';
import type { Description } from '../core/description';
import type { Trace } from '../core/wire';
import Example from '../Example.svelte';
import { Visit } from '../visit.svelte';
import { theme } from './theme.svelte';

/** Read one of the documents that the server put into the page; null where it left it out. */
function embedded<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

const target = document.getElementById('example');
const description = embedded<Description>('description');
if (target && description) {
  target.replaceChildren();
  const visit = new Visit(description, embedded<Trace>('trace'), location.search);
  mount(Example, { target, props: { visit, theme: () => theme.current } });
}
