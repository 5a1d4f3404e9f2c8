/** Okabe and Ito's colours, which differ under every colour blindness, on light and on dark paper. */
export const BASE_COLOURS: Readonly<Record<string, string>> = {
  A: '#009e73',
  C: '#56b4e9',
  G: '#e69f00',
  T: '#cc79a7',
  N: '#8d99ae',
};
