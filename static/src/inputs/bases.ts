import { BASE_COLOURS } from '../core/bases';

/** A character of a base string as it is shown: a base, a blank that is left out, or none of them. */
export interface Letter {
  text: string;
  kind: 'base' | 'blank' | 'wrong';
  /** Of a base. */
  colour: string;
}

/** Look at every character that was typed or pasted. */
export function lettersOf(typed: string): Letter[] {
  return [...typed].map((text) => {
    if (text.trim() === '') return { text, kind: 'blank', colour: '' };
    const colour = BASE_COLOURS[text.toUpperCase()];
    return colour === undefined ? { text, kind: 'wrong', colour: '' } : { text, kind: 'base', colour };
  });
}

/** Count the steps that a base string makes: blanks are left out. */
export const countBases = (typed: string): number => [...typed].filter((letter) => letter.trim() !== '').length;
