import Attention from './Attention.svelte';
import Compare from './Compare.svelte';
import Forecast from './Forecast.svelte';
import { forecastOf } from './forecast';
import Gradient from './Gradient.svelte';
import Growing from './Growing.svelte';
import { writesOn } from './growing';
import Json from './Json.svelte';
import Outputs from './Outputs.svelte';
import { outputsOf } from './outputs';
import type { Panel } from './panel';
import Pixels from './Pixels.svelte';
import { readsPixels } from './pixels';
import Seen from './Seen.svelte';
import States from './States.svelte';
import Tags from './Tags.svelte';
import Units from './Units.svelte';

/** The panels under the diagram, in the order of their tabs. Each says from the trace whether it applies. */
export const panels: readonly Panel[] = [
  { id: 'pixels', title: 'Which pixels count', applies: readsPixels, component: Pixels },
  { id: 'tags', title: 'Tags in the text', applies: ({ spans }) => spans !== null, component: Tags },
  { id: 'growing', title: 'The text grows', applies: writesOn, component: Growing },
  { id: 'forecast', title: 'Forecast', applies: (trace) => forecastOf(trace) !== null, component: Forecast },
  { id: 'outputs', title: 'Output over time', applies: (trace) => outputsOf(trace) !== null, component: Outputs },
  { id: 'states', title: 'States', applies: () => true, component: States },
  { id: 'compare', title: 'Side by side', applies: (_, rivals) => rivals !== undefined, component: Compare },
  { id: 'units', title: 'Units', applies: (trace) => trace.columns.length > 1, component: Units },
  { id: 'attention', title: 'Attention', applies: (trace) => trace.attention !== null, component: Attention },
  { id: 'gradient', title: 'Gradient', applies: () => true, component: Gradient },
  { id: 'seen', title: 'What has this state seen?', applies: () => true, component: Seen },
  { id: 'json', title: 'JSON', applies: () => true, component: Json },
];
