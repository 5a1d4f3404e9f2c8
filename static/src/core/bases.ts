/** Okabe and Ito's colours, which differ under every colour blindness, on light and on dark paper. */
export const BASE_COLOURS: Readonly<Record<string, string>> = {
  A: '#009e73',
  C: '#56b4e9',
  G: '#e69f00',
  T: '#cc79a7',
  U: '#cc79a7', // RNA's, read as T
  N: '#8d99ae',
};

/** IUPAC's letters that stand for several bases, read as N. */
export const SEVERAL = 'RYSWKMBDHV';
