import { isHidden } from '../core/veil';
import type { Span, Trace } from '../core/wire';

/** A stretch of words that the network takes for one thing, half-open; `p` is that of its least certain word. */
export interface TagSpan extends Pick<Span, 'name' | 'kind' | 'p'> {
  from: number;
  to: number;
}

/** List the spans as far as their outputs are shown: one that is still being written ends at the last of them. */
export function spansOf({ spans, outputs }: Pick<Trace, 'spans' | 'outputs'>): TagSpan[] {
  return (spans ?? []).flatMap(({ name, kind, first, last }) => {
    const shown = outputs.slice(first, last + 1).filter((output) => !isHidden(output));
    if (isHidden(outputs[first]) || shown.length === 0) return [];
    return [{ name, kind, from: first, to: first + shown.length, p: Math.min(...shown.map(({ p }) => p)) }];
  });
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

/** Say whether every word has its tag; until then a sentence speaks of what is there so far. */
export const allTagged = ({ outputs }: Pick<Trace, 'outputs'>): boolean => !outputs.some(isHidden);

/** List the entities in words: '2 entities: Harry Potter (person), Hogwarts (place).' */
export function entitiesSentence(words: readonly string[], spans: readonly TagSpan[], all = true): string {
  if (spans.length === 0) return all ? 'No entities found.' : 'No entities so far.';
  const named = spans.map(({ name, from, to }) => `${words.slice(from, to).join(' ')} (${name})`);
  return `${spans.length} ${spans.length === 1 ? 'entity' : 'entities'}${all ? '' : ' so far'}: ${named.join(', ')}.`;
}
