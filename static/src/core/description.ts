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

export interface InputSpec {
  kind: 'text' | 'prefix' | 'bases' | 'series';
  label: string;
  placeholder: string;
  help: string;
  required: boolean;
  max_length: number;
  max_steps: number;
}

export interface Sample {
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

/** The variant that differs from another one on one axis. */
export function withChoice(description: Description, variant: string, axis: number, choice: string): string {
  return choicesOf(description, variant)
    .map((own, i) => (i === axis ? choice : own))
    .join('-');
}
