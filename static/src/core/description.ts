import type { Decoding } from './wire';

/** What `GET /api/v1/examples/{slug}` says about an example; `models/example.py` defines it. */
export interface Description {
  slug: string;
  title: string;
  task: string;
  story: string;
  default_variant: string;
  variants: string[];
  axes: Axis[];
  input: InputSpec;
  decoding: Decoding | null;
  samples: Sample[];
}

export interface Axis {
  id: string;
  label: string;
  choices: { id: string; label: string; note: string }[];
}

interface Spec {
  label: string;
  help: string;
  required: boolean;
  max_steps: number;
}

/** A text, and what is written as one. */
export interface TextSpec extends Spec {
  kind: 'text' | 'prefix' | 'bases' | 'series';
  placeholder: string;
  max_length: number;
}

/** A drawing: how large it is in pixels, and how thick the pen. */
export interface DrawingSpec extends Spec {
  kind: 'drawing';
  width: number;
  height: number;
  pen: number;
}

/** Strokes of a pen: how many points are read, and whether a dot alone is something. */
export interface StrokesSpec extends Spec {
  kind: 'strokes';
  max_points: number;
  dots: boolean;
}

export type InputSpec = TextSpec | DrawingSpec | StrokesSpec;

export interface Sample {
  /** In the text form of its kind, as in an address. */
  input: string;
  note: string;
  variant: string | null;
  seed: number;
}

/** The choice that a variant makes on each axis: its id joins them with dashes. */
export function choicesOf({ axes }: Description, variant: string): string[] {
  const parts = variant.split('-');
  return axes.map((axis, i) => parts[i] ?? axis.choices[0]?.id ?? '');
}

/** One axis on which there is something to choose: the variants that differ on it alone, the given one among them. */
export interface Choices {
  label: string;
  variants: readonly { id: string; label: string }[];
}

/** List what can be chosen instead of a variant, axis by axis. */
export function choicesBeside(description: Description, variant: string): Choices[] {
  return description.axes
    .map(({ label, choices }, axis) => ({
      label,
      variants: choices
        .map((choice) => ({ id: withChoice(description, variant, axis, choice.id), label: choice.label }))
        .filter(({ id }) => description.variants.includes(id)),
    }))
    .filter(({ variants }) => variants.length > 1);
}

/** The variant that differs from another one on one axis. */
export function withChoice(description: Description, variant: string, axis: number, choice: string): string {
  return choicesOf(description, variant)
    .map((own, i) => (i === axis ? choice : own))
    .join('-');
}
