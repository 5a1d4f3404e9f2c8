import type { Component } from 'svelte';
import GenericDrawing from './GenericDrawing.svelte';
import GruDrawing from './GruDrawing.svelte';
import LstmDrawing from './LstmDrawing.svelte';
import MguDrawing from './MguDrawing.svelte';
import PeepholeDrawing from './PeepholeDrawing.svelte';
import type { DrawingProps } from './plan';
import ReluDrawing from './ReluDrawing.svelte';
import RnnDrawing from './RnnDrawing.svelte';

/** The drawing of each kind of cell; a kind without one is shown as a list of strips. */
export const drawings: Readonly<Record<string, Component<DrawingProps>>> = {
  rnn: RnnDrawing,
  rnn_relu: ReluDrawing,
  gru: GruDrawing,
  mgu: MguDrawing,
  lstm: LstmDrawing,
  peephole: PeepholeDrawing,
};

/** Find the drawing of a kind of cell. */
export function drawingOf(kind: string): Component<DrawingProps> {
  return drawings[kind] ?? GenericDrawing;
}
