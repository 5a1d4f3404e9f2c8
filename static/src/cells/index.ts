import type { Component } from 'svelte';
import GenericDrawing from './GenericDrawing.svelte';
import GruDrawing from './GruDrawing.svelte';
import LstmDrawing from './LstmDrawing.svelte';
import type { DrawingProps } from './plan';
import RnnDrawing from './RnnDrawing.svelte';

/** The drawing of each kind of cell; a kind without one (rnn_relu, mgu, peephole) is shown as a list of strips. */
export const drawings: Readonly<Record<string, Component<DrawingProps>>> = {
  rnn: RnnDrawing,
  gru: GruDrawing,
  lstm: LstmDrawing,
};

/** Find the drawing of a kind of cell. */
export function drawingOf(kind: string): Component<DrawingProps> {
  return drawings[kind] ?? GenericDrawing;
}
