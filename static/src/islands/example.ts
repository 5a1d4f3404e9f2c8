import { mount } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Description } from '../core/description';
import type { Problem } from '../core/request';
import type { Theme } from '../core/scales';
import type { Trace } from '../core/wire';
import Example from '../Example.svelte';
import { Visit } from '../visit.svelte';
import { currentTheme, onTheme } from './theme';

/** Read one of the documents that the server put into the page; null where it left it out. */
function embedded<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T | null) : null;
}

const follow = createSubscriber(onTheme);
function theme(): Theme {
  follow();
  return currentTheme();
}

const target = document.getElementById('example');
if (target) {
  const told = [...target.children]; // what the page says without this script: it stays if this script fails
  try {
    const description = embedded<Description>('description');
    if (!description) throw new Error('the page does not say what its example is');
    const first = { trace: embedded<Trace>('trace'), problem: embedded<Problem>('problem') };
    mount(Example, { target, props: { visit: new Visit(description, first, location.search), theme } });
    told.forEach((element) => element.remove());
    document.body.classList.add('live');
  } catch (error) {
    target.replaceChildren(...told);
    throw error;
  } finally {
    target.classList.remove('awaited');
  }
}
