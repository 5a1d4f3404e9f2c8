import type { Component } from 'svelte';
import type { DrawingProps } from './plan';

/** A drawing is fetched by the pages whose network has such a cell. */
type Part = () => Promise<{ default: Component<DrawingProps> }>;

/** The drawing of each kind of cell; a kind without one is shown as a list of strips. */
export const drawings: Readonly<Record<string, Part>> = {
  rnn: () => import('./RnnDrawing.svelte'),
  rnn_relu: () => import('./ReluDrawing.svelte'),
  gru: () => import('./GruDrawing.svelte'),
  mgu: () => import('./MguDrawing.svelte'),
  lstm: () => import('./LstmDrawing.svelte'),
  peephole: () => import('./PeepholeDrawing.svelte'),
};

/** Find the drawing of a kind of cell. */
export const drawingOf = (kind: string): Part => drawings[kind] ?? (() => import('./GenericDrawing.svelte'));
