import type { Panel } from './panel';
import States from './States.svelte';

/** The panels under the diagram, in the order of their tabs. Each says from the trace whether it applies. */
export const panels: readonly Panel[] = [
  { id: 'states', title: 'States', applies: () => true, component: States },
];
