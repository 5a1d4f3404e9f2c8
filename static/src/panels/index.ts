import { forecastOf } from './forecast';
import { writesOn } from './growing';
import { outputsOf } from './outputs';
import type { Panel } from './panel';
import { readsPixels } from './pixels';

/** The panels under the diagram, in the order of their tabs. Each says from the trace whether it applies. */
export const panels: readonly Panel[] = [
  { id: 'pixels', title: 'Which pixels count', applies: readsPixels, load: () => import('./Pixels.svelte') },
  {
    id: 'places',
    title: 'Where it looks',
    applies: ({ places, source }) => places !== null && source?.kind === 'pixels',
    load: () => import('./Places.svelte'),
  },
  {
    id: 'film',
    title: 'The movement',
    applies: ({ source }) => source?.kind === 'points' && source.frames.length > 1,
    load: () => import('./Film.svelte'),
  },
  {
    id: 'tags',
    title: 'Tags in the text',
    applies: ({ writes, spans }) => writes === 'tags' && spans !== null,
    load: () => import('./Tags.svelte'),
  },
  { id: 'tune', title: 'The tune', applies: ({ sheet }) => sheet !== null, load: () => import('./Tune.svelte') },
  { id: 'growing', title: 'The text grows', applies: writesOn, load: () => import('./Growing.svelte') },
  {
    id: 'readings',
    title: 'What is read',
    applies: ({ reading }) => reading !== null,
    load: () => import('./Readings.svelte'),
  },
  {
    id: 'sound',
    title: 'The sound',
    applies: ({ source }) => source?.kind === 'sound',
    load: () => import('./Heard.svelte'),
  },
  {
    id: 'forecast',
    title: 'Forecast',
    applies: (trace) => forecastOf(trace) !== null,
    load: () => import('./Forecast.svelte'),
  },
  {
    id: 'outputs',
    title: 'Output over time',
    applies: (trace) => outputsOf(trace) !== null,
    load: () => import('./Outputs.svelte'),
  },
  { id: 'states', title: 'States', applies: () => true, load: () => import('./States.svelte') },
  {
    id: 'compare',
    title: 'Side by side',
    applies: (_, rivals) => rivals !== undefined,
    load: () => import('./Compare.svelte'),
  },
  { id: 'units', title: 'Units', applies: (trace) => trace.columns.length > 1, load: () => import('./Units.svelte') },
  {
    id: 'attention',
    title: 'Attention',
    applies: (trace) => trace.attention !== null && trace.places === null,
    load: () => import('./Attention.svelte'),
  },
  { id: 'gradient', title: 'Gradient', applies: () => true, load: () => import('./Gradient.svelte') },
  { id: 'seen', title: 'What has this state seen?', applies: () => true, load: () => import('./Seen.svelte') },
  { id: 'json', title: 'JSON', applies: () => true, load: () => import('./Json.svelte') },
];
