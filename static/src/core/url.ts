import type { Description } from './description';
import type { Direction, Focus } from './focus';
import { decodingLimits } from './limits';
import { type Notation, notations } from './notation';
import type { Decoding } from './wire';

/** What is run: all that the answer depends on. */
export interface Run {
  input: string;
  variant: string;
  seed: number;
  temperature: number;
  /** How a decoder chooses its outputs, and how many it follows; null where that is as the example has it. */
  method: Decoding['method'] | null;
  width: number | null;
}

/** One state, or one unit of it, that stays in the inspector; columns, layers and units count from 0. */
export type Pin = Pick<Focus, 'column' | 'layer' | 'direction' | 'unit'>;

/** Everything that a link can say about the page. `step` is null where the page should play by itself. */
export interface PageState {
  run: Run;
  step: number | null;
  pin: Pin | null;
  notation: Notation;
  speed: number;
  folded: boolean;
  /** True where what the playhead has not reached is shown too. */
  coming: boolean;
  /** True where the picture is shown to a class. */
  presenting: boolean;
  /** The value of the cell that its strips show: h, c, or a gate. */
  value: string;
  /** The panel that was chosen; empty for the first that applies. */
  panel: string;
  /** True inside another page, which wants the picture alone. */
  embedded: boolean;
}

/** Where a number may lie, as JSON Schema says it. */
interface Limits {
  minimum?: number;
  exclusiveMinimum?: number;
  maximum: number;
}

function numberOf(text: string | null, { minimum, exclusiveMinimum, maximum }: Limits): number | null {
  if (text === null || text.trim() === '') return null;
  const value = Number(text);
  const fits = value >= (minimum ?? -Infinity) && value > (exclusiveMinimum ?? -Infinity) && value <= maximum;
  return Number.isFinite(value) && fits ? value : null;
}

const wholeOf = (text: string | null, limits: Limits) => {
  const value = numberOf(text, limits);
  return value === null ? null : Math.round(value);
};

/** What runs when a link says nothing: the first sample, or the one that it names (counted from 1). */
export function defaultRun(description: Description, number = 1): Run {
  const sample = description.samples[number - 1] ?? description.samples[0];
  return {
    input: sample?.input ?? '',
    variant: sample?.variant ?? description.default_variant,
    seed: sample?.seed ?? description.decoding?.seed ?? 0,
    temperature: description.decoding?.temperature ?? 1,
    method: null,
    width: null,
  };
}

/** `3.1.f.17`: the third column, first layer, forward, unit 17; counted from 1, as on the page. */
function readPin(text: string | null): Pin | null {
  const [, column, layer, direction, unit] = /^(\d+)\.(\d+)\.([fb])(?:\.(\d+))?$/.exec(text ?? '') ?? [];
  if (!column || !layer || column === '0' || layer === '0' || unit === '0') return null;
  const way: Direction = direction === 'b' ? 'backward' : 'forward';
  return { column: Number(column) - 1, layer: Number(layer) - 1, direction: way, unit: unit ? Number(unit) - 1 : null };
}

function writePin({ column, layer, direction, unit }: Pin): string {
  return [column + 1, layer + 1, direction[0], ...(unit === null ? [] : [unit + 1])].join('.');
}

/** Read the query of an address. What it does not say, or says wrongly, is as it is by default. */
export function readUrl(search: string, description: Description): PageState {
  const query = new URLSearchParams(search);
  const usual = defaultRun(description, wholeOf(query.get('sample'), { minimum: 1, maximum: 1e6 }) ?? 1);
  const variant = query.get('variant');
  const known = variant !== null && description.variants.includes(variant);
  const notation = notations.find((n) => n.id === query.get('notation'))?.id ?? 'ng';
  return {
    run: {
      input: query.get('input') ?? usual.input,
      variant: known ? variant : usual.variant,
      seed: wholeOf(query.get('seed'), decodingLimits.seed) ?? usual.seed,
      temperature: numberOf(query.get('temperature'), decodingLimits.temperature) ?? usual.temperature,
      method: decodingLimits.method.enum.find((method) => method === query.get('method')) ?? null,
      width: wholeOf(query.get('width'), decodingLimits.width),
    },
    step: wholeOf(query.get('step'), { minimum: 0, maximum: 1e6 }),
    pin: readPin(query.get('pin')),
    notation,
    speed: numberOf(query.get('speed'), { minimum: 0.25, maximum: 4 }) ?? 1,
    folded: query.has('folded'),
    coming: query.has('coming'),
    presenting: query.has('present'),
    value: /^[a-z]$/.exec(query.get('strips') ?? '')?.[0] ?? 'h',
    panel: /^[a-z]+$/.exec(query.get('panel') ?? '')?.[0] ?? '',
    embedded: query.get('embed') === '1',
  };
}

/** Write the query that `readUrl` reads back; what is as by default is left out. */
export function writeUrl(state: PageState, description: Description): string {
  const usual = defaultRun(description);
  const query = new URLSearchParams();
  const { run } = state;
  if (run.input !== usual.input) query.set('input', run.input);
  if (run.variant !== usual.variant) query.set('variant', run.variant);
  if (run.seed !== usual.seed) query.set('seed', String(run.seed));
  if (run.temperature !== usual.temperature) query.set('temperature', String(run.temperature));
  if (run.method !== null) query.set('method', run.method);
  if (run.width !== null) query.set('width', String(run.width));
  if (state.step !== null) query.set('step', String(state.step));
  if (state.pin) query.set('pin', writePin(state.pin));
  if (state.notation !== 'ng') query.set('notation', state.notation);
  if (state.speed !== 1) query.set('speed', String(state.speed));
  if (state.folded) query.set('folded', '');
  if (state.coming) query.set('coming', '');
  if (state.presenting) query.set('present', '');
  if (state.value !== 'h') query.set('strips', state.value);
  if (state.panel) query.set('panel', state.panel);
  if (state.embedded) query.set('embed', '1');
  const text = query.toString();
  return text && `?${text}`;
}

/** Say whether two runs give the same trace. */
export function sameRun(a: Run, b: Run): boolean {
  const same = (key: keyof Run) => a[key] === b[key];
  return same('input') && same('variant') && same('seed') && same('temperature') && same('method') && same('width');
}
