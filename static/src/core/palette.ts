/** Colours for classes that have no order (Okabe and Ito), light and dark; the first is the outputs' own blue. */
const COLOURS = [
  'var(--y)',
  'light-dark(#b35900, #f0a04b)',
  'light-dark(#00795a, #3fc79b)',
  'light-dark(#a3478a, #e09ac8)',
  'light-dark(#8a6d00, #e3c23f)',
  'light-dark(#1f7fa8, #74c7ea)',
  'light-dark(#b3261e, #ff9a92)',
  'light-dark(#5f6b7e, #a3adbd)',
];

/** The colour of a class by its place; more classes than colours begin again. */
export const classColour = (index: number): string => COLOURS[index % COLOURS.length] ?? 'var(--y)';
