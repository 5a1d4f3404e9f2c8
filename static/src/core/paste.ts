/**
 * Write a text of several lines in one, with a mark between them. Where the mark is no line end, a word that a hyphen and
 * a line end cut in two, as in a PDF, is put together: a small letter goes on after a letter.
 */
export function onOneLine(pasted: string, between: '⏎' | ' '): string {
  const text = pasted.replace(/\r\n?/g, '\n');
  if (between === '⏎') return text.replaceAll('\n', between);
  const whole = text.replace(/(\p{L})[-\u2010\u00ad][ \t]*\n[ \t]*(?=\p{Ll})/gu, '$1');
  return whole.trim().replace(/\s*\n\s*/g, between);
}
