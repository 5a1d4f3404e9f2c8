import type { ExampleDescription } from './wire';

export type {
  ChoiceSpec,
  DrawingSpec,
  PhotoSpec,
  PoseSpec,
  Sample,
  SceneSpec,
  SoundSpec,
  StrokesSpec,
  TextSpec,
} from './wire';

/** What the page needs of `GET /api/v1/examples/{slug}`. */
export type Description = Omit<ExampleDescription, 'card' | 'topology_page'>;
export type InputSpec = Description['input'];

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
