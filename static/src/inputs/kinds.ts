import type { Component } from 'svelte';
import type {
  ChoiceSpec,
  DrawingSpec,
  InputSpec,
  PhotoSpec,
  PoseSpec,
  SceneSpec,
  SoundSpec,
  StrokesSpec,
  TextSpec,
} from '../core/description';
import { pointsOf } from '../core/series';
import type { Trace } from '../core/wire';
import { countBases } from './bases';
import Line from './Line.svelte';

/** What a field gets; `text` is the input in its text form, which the field changes. */
export interface FieldProps<S extends InputSpec = InputSpec> {
  id: string;
  /** Which example it is for. */
  slug: string;
  text: string;
  spec: S;
  /** What the variant chooses on each axis. */
  chosen: Readonly<Record<string, string>>;
  /** What the network has read of the text, where it is no text and has run; null before. */
  source: Trace['source'];
  invalid: boolean;
  describedby: string;
  /** Called when something was finished that should run at once: a stroke, a point that was moved. */
  onrelease: (text: string) => void;
  /** Called while something is still being made: it runs, and is shown at its end. Done when that is shown. */
  onpass: (text: string) => Promise<boolean>;
}

/** How much is in a field. */
export interface Measure {
  count: number;
  /** How much may be in it; null where nothing is said. */
  most: number | null;
  unit: string;
  /** True where it is worth saying. */
  near: boolean;
}

/** What is shown under a field, as wide as it. */
export interface UnderProps {
  slug: string;
  variant: string;
  text: string;
  onchange: (text: string) => void;
  onrelease: (text: string) => void;
}

/** Parts that few pages have are fetched by those that do; the others are at hand. */
type Part<Props extends object, Bound extends keyof Props | '' = ''> = () => Promise<{
  default: Component<Props, object, Bound>;
}>;

/** How one kind of input is typed, drawn or chosen. A kind that the server adds is one entry here. */
export interface InputKind<S extends InputSpec> {
  field: Part<FieldProps<S>, 'text'>;
  under?: Part<UnderProps>;
  /** A picture of a sample, where its text says nothing. */
  thumbnail?: Part<Pick<FieldProps<S>, 'text' | 'spec' | 'chosen'>>;
  /** True where a field is no wider than it must be, and the samples stand beside it. */
  compact?: boolean;
  /** True where samples are named by their notes, because their text says nothing. */
  byNote?: boolean;
  /** True where long samples all look the same, and are named by their notes. */
  alike?: boolean;
  /** What is said before it runs of an input that is typed: the steps that it becomes, or only what is wrong with it. */
  preview?: 'steps' | 'faults';
  measure?: (text: string, spec: S) => Measure;
}

const letters = (text: string, { max_length }: TextSpec): Measure => ({
  count: text.length,
  most: max_length,
  unit: 'characters',
  near: text.length > 0.7 * max_length,
});

const line: InputKind<TextSpec> = { field: async () => ({ default: Line }), preview: 'steps', measure: letters };
const series: InputKind<TextSpec> = {
  field: () => import('./Rows.svelte'),
  under: () => import('./Series.svelte'),
  alike: true,
  preview: 'faults',
  measure: (text, spec) => {
    const written = letters(text, spec);
    const points = written.near ? null : pointsOf(text);
    return points ? { count: points.length, most: null, unit: 'numbers', near: true } : written;
  },
};
const bases: InputKind<TextSpec> = {
  field: () => import('./Bases.svelte'),
  alike: true,
  preview: 'faults',
  // Counted as the steps that they are, since blanks are left out; of more, the first are read.
  measure: (text) => ({ count: countBases(text), most: null, unit: 'bases', near: true }),
};
const drawing: InputKind<DrawingSpec> = {
  field: () => import('./Pad.svelte'),
  thumbnail: () => import('./Thumbnail.svelte'),
  compact: true,
};
const strokes: InputKind<StrokesSpec> = {
  field: () => import('./Pen.svelte'),
  thumbnail: () => import('./PenThumbnail.svelte'),
  compact: true,
};
const pose: InputKind<PoseSpec> = {
  field: () => import('./Pose.svelte'),
  thumbnail: () => import('./PoseThumbnail.svelte'),
  compact: true,
};
const scene: InputKind<SceneSpec> = {
  field: () => import('./Scene.svelte'),
  thumbnail: () => import('./SceneThumbnail.svelte'),
  compact: true,
};
const sound: InputKind<SoundSpec> = {
  field: () => import('./Sound.svelte'),
  compact: true,
  byNote: true,
};
const photo: InputKind<PhotoSpec> = {
  field: () => import('./Photo.svelte'),
  compact: true,
  byNote: true,
};
const choice: InputKind<ChoiceSpec> = { field: () => import('./Choice.svelte') };

export const KINDS = {
  text: line,
  prefix: line,
  bases,
  series,
  drawing,
  strokes,
  pose,
  scene,
  photo,
  sound,
  choice,
} as const;

/** Find how an example's input is given. */
export const kindOf = (spec: InputSpec): InputKind<InputSpec> =>
  KINDS[spec.kind as keyof typeof KINDS] as unknown as InputKind<InputSpec>;
