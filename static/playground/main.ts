import '../src/styles/index.css';
// The page of an example without a server: `npm run dev`, then /static/dist/playground/?fixture=attention.
import '@fontsource-variable/inter';
import { mount } from 'svelte';
import Example from '../src/example/Example.svelte';
import type { Description, TextSpec } from '../src/core/description';
import type { Trace } from '../src/core/wire';
import { currentTheme } from '../src/islands/theme';
import { Visit } from '../src/example/visit.svelte';

const fixtures = import.meta.glob<{ default: Trace }>('../src/fixtures/*.json');
const nameOf = (path: string) => path.replace(/^.*\/|\.json$/g, '');
const wanted = new URLSearchParams(location.search).get('fixture') ?? 'many_to_one';

const nav = document.getElementById('fixtures');
for (const path of Object.keys(fixtures)) {
  const link = document.createElement('a');
  link.href = `?fixture=${nameOf(path)}`;
  link.textContent = nameOf(path);
  link.style.color = 'inherit';
  nav?.append(link);
}

const load = Object.entries(fixtures).find(([path]) => nameOf(path) === wanted)?.[1];
const target = document.getElementById('example');
if (load && target) {
  const { default: trace } = await load();
  const kind = (new URLSearchParams(location.search).get('kind') ?? 'text') as TextSpec['kind'];
  const description: Description = {
    slug: wanted,
    title: wanted,
    task: '',
    story: '',
    default_variant: trace.network.cell.kind,
    variants: ['rnn', 'gru', 'lstm'],
    axes: [
      {
        id: 'cell',
        label: 'Cell',
        choices: ['rnn', 'gru', 'lstm'].map((id) => ({ id, label: id.toUpperCase(), note: '' })),
      },
    ],
    input: {
      kind,
      label: 'Input',
      placeholder: '',
      help: '',
      required: true,
      max_length: 300,
      keeps: '',
      language: null,
      capitals: true,
      max_steps: 200,
    },
    decoding: trace.decoding,
    samples: [{ input: trace.x_labels.map((l) => l.text).join(' '), note: '', variant: null, seed: 0, file: null }],
  };
  mount(Example, {
    target,
    props: { visit: new Visit(description, { trace, problem: null }, location.search), theme: currentTheme },
  });
}
