import { BASE_COLOURS, SEVERAL } from '../core/bases';

/** A character of a base string as it is shown: a base, one that is passed over, or none of them. */
export interface Letter {
  text: string;
  kind: 'base' | 'blank' | 'wrong';
  /** Of a base. */
  colour: string;
}

/** What names a sequence, and what is no part of it: the lines of a name or a comment, and GenBank's first and last. */
const OTHER_LINE = /^\s*(?:[>;].*|ORIGIN\s*|\/\/\s*)$/;

/** Look at every character that was typed or pasted; the server says the last word on it. */
export function lettersOf(typed: string): Letter[] {
  const record = /^\s*LOCUS\s/.test(typed) ? typed.search(/^ORIGIN/m) : 0;
  const head = record < 0 ? typed : typed.slice(0, record);
  const before: Letter[] = [...head].map((text) => ({ text, kind: 'blank', colour: '' }));
  const lines = typed.slice(head.length).match(/[^\n]*\n|[^\n]+/g) ?? []; // each with its end
  const letters = lines.flatMap((line) => [...line].map((text) => letterOf(text, OTHER_LINE.test(line.trimEnd()))));
  return [...before, ...letters];
}

function letterOf(text: string, passed: boolean): Letter {
  if (passed || /[\s\d]/.test(text)) return { text, kind: 'blank', colour: '' };
  const base = text.toUpperCase();
  const colour = BASE_COLOURS[SEVERAL.includes(base) ? 'N' : base];
  return colour === undefined ? { text, kind: 'wrong', colour: '' } : { text, kind: 'base', colour };
}

/** Count the steps that a base string makes: names, numbers and blanks are left out. */
export const countBases = (typed: string): number => lettersOf(typed).filter(({ kind }) => kind !== 'blank').length;
