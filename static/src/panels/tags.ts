import { HIDDEN, isHidden } from '../core/veil';
import type { Output, Trace } from '../core/wire';

/** A stretch of words that the network takes for one thing, half-open; `p` is that of its least certain word. */
export interface TagSpan {
  type: string;
  from: number;
  to: number;
  p: number;
}

const IOB = /^(?:O|[BI]-.+)$/;

/** Say whether a network writes IOB2 tags: O outside, B-X where an X begins, I-X where it goes on. */
export function writesTags({ network, outputs, T_x }: Trace): boolean {
  if (network.topology.kind !== 'many_to_many' || T_x === 0) return false;
  const labels = outputs.flatMap((output) => output.alternatives.map((a) => a.label));
  return labels.includes('O') && labels.every((label) => IOB.test(label));
}

/** Join tags into spans, as the usual scorer does: an I-X after anything but an X begins a span too. */
export function spansOf(outputs: readonly Pick<Output, 'label' | 'p'>[]): TagSpan[] {
  const spans: TagSpan[] = [];
  outputs.forEach(({ label, p }, t) => {
    if (label === 'O' || label === HIDDEN) return;
    const type = label.slice(2);
    const last = spans.at(-1);
    if (label.startsWith('I') && last?.to === t && last.type === type) {
      last.to = t + 1;
      last.p = Math.min(last.p, p);
    } else spans.push({ type, from: t, to: t + 1, p });
  });
  return spans;
}

/** A piece of the running text: words that belong to one span, or words outside of all. */
export interface Piece {
  span: TagSpan | null;
  words: { text: string; t: number; gap: boolean }[];
}

const CLOSING = /^(?:[.,;:!?%)\]}»”…]+|n't|['’](?:s|re|ve|ll|d|m|t)?)$/i;
const OPENING = /^[([{«“$£€#]$/;

/** Say whether a blank stands between two words of running text. */
export function blankBetween(before: string | undefined, word: string): boolean {
  return before !== undefined && !CLOSING.test(word) && !OPENING.test(before);
}

/** Cut the words into pieces, one for each span and one for each stretch between. */
export function piecesOf(words: readonly string[], spans: readonly TagSpan[]): Piece[] {
  const owner = words.map((_, t) => spans.find((s) => s.from <= t && t < s.to) ?? null);
  const pieces: Piece[] = [];
  words.forEach((text, t) => {
    const span = owner[t] ?? null;
    const word = { text, t, gap: blankBetween(words[t - 1], text) };
    const last = pieces.at(-1);
    if (last && t > 0 && last.span === span) last.words.push(word);
    else pieces.push({ span, words: [word] });
  });
  return pieces;
}

const NAMES: Readonly<Record<string, string>> = {
  per: 'person',
  loc: 'place',
  org: 'organisation',
  tim: 'time',
  misc: 'other name',
  geo: 'place',
  gpe: 'nation',
  art: 'work',
  eve: 'event',
  nat: 'nature',
};

const ORDER = Object.keys(NAMES);

/** Number a type of entity, the same in every text, so that it keeps its colour. */
export function typeIndex(type: string): number {
  const known = ORDER.indexOf(type.toLowerCase());
  return known >= 0 ? known : ORDER.length + [...type].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
}

/** What a type of entity is called. */
export const typeName = (type: string): string => NAMES[type.toLowerCase()] ?? type;

/** Say whether every word has its tag; until then a sentence speaks of what is there so far. */
export const allTagged = ({ outputs }: Pick<Trace, 'outputs'>): boolean => !outputs.some(isHidden);

/** Tell the entities in words: '2 entities: Harry Potter (person), Hogwarts (place).' */
export function entitiesSentence(words: readonly string[], spans: readonly TagSpan[], all = true): string {
  if (spans.length === 0) return all ? 'No entities found.' : 'No entities so far.';
  const named = spans.map(({ type, from, to }) => `${words.slice(from, to).join(' ')} (${typeName(type)})`);
  return `${spans.length} ${spans.length === 1 ? 'entity' : 'entities'}${all ? '' : ' so far'}: ${named.join(', ')}.`;
}
