/** The texts that a drawing has been through: what was, what is, and what was undone. */
export interface Edits {
  past: readonly string[];
  present: string;
  future: readonly string[];
  /** What changed last; a change of the same thing goes on with the same edit. */
  what: string;
}

/** Begin with a text that came from elsewhere. */
export const begun = (text: string): Edits => ({ past: [], present: text, future: [], what: '' });

/** Change the text. Changes of the same thing, one after another, are undone together. */
export function edited(edits: Edits, text: string, what: string): Edits {
  if (text === edits.present) return edits;
  const past = what === edits.what ? edits.past : [...edits.past, edits.present];
  return { past, present: text, future: [], what };
}

/** Go back before the last edit. */
export function undone({ past, present, future }: Edits): Edits {
  return {
    past: past.slice(0, -1),
    present: past.at(-1) ?? present,
    future: past.length ? [present, ...future] : future,
    what: '',
  };
}

/** Do again what was undone. */
export function redone({ past, present, future }: Edits): Edits {
  const [next, ...rest] = future;
  return next === undefined
    ? { past, present, future, what: '' }
    : { past: [...past, present], present: next, future: rest, what: '' };
}

/** Go back before the first edit; that can be undone too. */
export function restored(edits: Edits): Edits {
  return edited({ ...edits, what: '' }, edits.past[0] ?? edits.present, 'restored');
}
