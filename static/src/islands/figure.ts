/** The page that makes figures: draws while one chooses, and keeps all that is chosen in the address. */
import { refusal, UNREACHABLE } from '../core/request';

const PAUSE = 200; // milliseconds of quiet before it draws

const maker = document.querySelector<HTMLElement>('.maker');
const form = maker?.querySelector('form');
const picture = maker?.querySelector<HTMLImageElement>('.canvas img');
const problem = maker?.querySelector<HTMLElement>('.problem');

/** What is chosen, as the query of an address; what is empty is as it is by default. */
function query(chosen: HTMLFormElement): string {
  const said = [...new FormData(chosen)].filter(([, value]) => value !== '');
  return `?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}`;
}

/** Say why there is no figure, in the words of the service. */
async function explain(address: string): Promise<void> {
  const answer = await fetch(address).catch(() => null);
  if (problem) problem.textContent = answer ? (await refusal(answer)).message : UNREACHABLE;
}

function draw(): void {
  if (!form || !picture) return;
  const asked = query(form);
  const address = `/figure.svg${asked}`;
  const next = new Image();
  next.onload = () => {
    if (asked !== query(form)) return; // something else was chosen meanwhile
    picture.src = address;
    if (problem) problem.textContent = '';
    for (const link of document.querySelectorAll<HTMLAnchorElement>('.take a')) link.search = asked;
    history.replaceState(null, '', `/figure${asked}`);
  };
  next.onerror = () => void explain(address);
  next.src = address;
}

if (maker && form) {
  maker.classList.add('live');
  let timer = 0;
  form.addEventListener('input', ({ target }) => {
    // Lengths of another kind may be none that this one has.
    if (target instanceof HTMLSelectElement && target.name === 'kind')
      for (const length of form.querySelectorAll<HTMLInputElement>('[name=T_x], [name=T_y]')) length.value = '';
    clearTimeout(timer);
    timer = window.setTimeout(draw, PAUSE);
  });
  form.addEventListener('submit', (event) => (event.preventDefault(), draw()));
}
