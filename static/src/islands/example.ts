import { mount } from 'svelte';
import { drawingOf } from '../cells';
import type { Description } from '../core/description';
import { type Failure, alone } from '../core/request';
import type { Trace } from '../core/wire';
import Example from '../example/Example.svelte';
import { kindOf } from '../inputs/kinds';
import { panels } from '../panels';
import { Visit } from '../example/visit.svelte';
import { theme } from './following';

/** Read one of the documents that the server put into the page; null where it left it out. */
function embedded<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T | null) : null;
}

/** The trace in the page, or where the page says it is: a long one is left out. Null where it cannot be had. */
async function firstTrace(): Promise<Trace | null> {
  const place = document.getElementById('trace');
  if (!(place instanceof HTMLLinkElement)) return embedded<Trace>('trace');
  const answer = await fetch(place.href).catch(() => null);
  if (answer?.ok) return (await answer.json()) as Trace;
  if (alone()) throw new Error('the trace is elsewhere, and this frame may not ask for it');
  return null; // the visit asks for it in its own way, and says what is wrong
}

/** Load what this page needs and others do not, so that it is drawn at once; what does not come is asked for again there. */
async function loadParts({ description, trace, panel, embedded }: Visit): Promise<void> {
  const first = panels.find(({ id }) => id === panel) ?? panels.find(({ applies }) => trace && applies(trace));
  const { field, under, thumbnail } = kindOf(description.input);
  const sampling = description.decoding ? import('../example/Sampling.svelte') : undefined;
  const drawing = trace && drawingOf(trace.network.cell.kind)();
  const parts = [field(), under?.(), thumbnail?.(), first?.load(), sampling, drawing];
  if (!embedded) await Promise.allSettled(parts);
}

async function begin(target: HTMLElement): Promise<void> {
  const sentences = [...target.children]; // what the page says without this script: it stays if this script fails
  try {
    const description = embedded<Description>('description');
    if (!description) throw new Error('the page does not say what its example is');
    const first = { trace: await firstTrace(), problem: embedded<Failure>('problem') };
    const visit = new Visit(description, first, location.search);
    await loadParts(visit);
    mount(Example, { target, props: { visit, theme } });
    sentences.forEach((element) => element.remove());
    document.body.classList.add('live');
  } catch (error) {
    target.replaceChildren(...sentences);
    throw error;
  } finally {
    target.classList.remove('awaited');
  }
}

const target = document.getElementById('example');
if (target) void begin(target);
