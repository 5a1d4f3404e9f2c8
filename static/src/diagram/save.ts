const INLINED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'fill-rule',
  'stroke-linejoin',
  'marker-end',
  'visibility',
  'display',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'font-variant-numeric',
  'paint-order',
];

/**
 * Write each element's computed style into the copy: a file has no style sheet of ours to look them up in. The long
 * list of fonts is written where it changes only: repeated, it was a quarter of the file.
 */
function inline(original: Element, copy: Element, inherited = ''): void {
  const style = getComputedStyle(original);
  const names = style.fontFamily === inherited ? INLINED : [...INLINED, 'font-family'];
  const own = names
    .map(
      (name) =>
        `${name}:${style
          .getPropertyValue(name)
          .replace(/url\("(#[^"]+)"\)/, 'url($1)')
          .replaceAll('"', "'")}`,
    )
    .join(';');
  copy.setAttribute('style', own);
  copy.removeAttribute('class');
  [...original.children].forEach((child, i) => {
    const twin = copy.children[i];
    if (twin) inline(child, twin, style.fontFamily);
  });
}

const SVG = 'http://www.w3.org/2000/svg';

function made(name: string, text: string, attributes: Record<string, string> = {}): Element {
  const element = document.createElementNS(SVG, name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** What a picture is called, and what it shows, for whoever meets the file alone. */
export interface Caption {
  title: string;
  description: string;
  /** CSS that brings the fonts along. */
  fonts: string;
  /** False where nothing stands behind it. */
  paper: boolean;
}

/** Write a drawn picture as an SVG document that stands by itself, at its own size. */
export function standAlone(svg: SVGSVGElement, { title, description, fonts, paper }: Caption): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  inline(svg, copy);
  const { x, y, width, height } = svg.viewBox.baseVal; // the page may show it smaller
  const size = { width: String(width), height: String(height) };
  const colour = paper ? getComputedStyle(svg).getPropertyValue('--card') : 'none';
  for (const [key, value] of Object.entries({ ...size, xmlns: SVG, role: 'img' })) copy.setAttribute(key, value);
  copy.removeAttribute('aria-hidden'); // on the page the sentence speaks for it
  copy.prepend(
    made('title', title),
    made('desc', description),
    made('style', fonts),
    made('rect', '', { x: String(x), y: String(y), ...size, fill: colour }),
  );
  return new XMLSerializer().serializeToString(copy);
}

/** Whether a character lies in one of the ranges of a font's file, such as `U+0-FF, U+131`. */
export function covers(ranges: string, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return ranges.split(',').some((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
    return parseInt(from, 16) <= code && code <= parseInt(to, 16);
  });
}

function fontFaces(): CSSFontFaceRule[] {
  const sheets = [...document.styleSheets].filter(
    (sheet) => !sheet.href || new URL(sheet.href).origin === location.origin,
  );
  return sheets.flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSFontFaceRule);
}

function asData(blob: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

interface Face {
  family: string;
  ranges: string;
  source: URL;
}

/** Say which faces a text needs: of those that have a character, the last one, as a browser chooses. */
export function facesOf<F extends Pick<Face, 'family' | 'ranges'>>(text: string, faces: readonly F[]): F[] {
  const families = [...new Set(faces.map(({ family }) => family))];
  const chosen = [...new Set(text)].flatMap((character) =>
    families.map((family) => faces.filter((face) => face.family === family && covers(face.ranges, character)).at(-1)),
  );
  return faces.filter((face) => chosen.includes(face));
}

/** Write the font faces that a text needs of a list of families, with their files inside; empty where they cannot be had. */
export async function fontsFor(text: string, families: string): Promise<string> {
  const listed = fontFaces().flatMap(({ style, parentStyleSheet }): Face[] => {
    const family = style.getPropertyValue('font-family').replace(/["']/g, '');
    const ranges = style.getPropertyValue('unicode-range') || 'U+0-10FFFF';
    const source = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue('src'))?.[1] ?? '';
    return families.includes(family)
      ? [{ family, ranges, source: new URL(source, parentStyleSheet?.href ?? location.href) }]
      : [];
  });
  const faces = facesOf(text, listed);
  const written = faces.map(async ({ family, ranges, source }) => {
    const file = await asData(await fetch(source).then((response) => response.blob()));
    return `@font-face{font-family:'${family}';font-weight:100 900;src:url(${file});unicode-range:${ranges}}`;
  });
  return Promise.all(written).then(
    (rules) => rules.join(''),
    () => '',
  ); // other fonts stand in for it
}

/** Hand something to the visitor as a file. */
export function download(name: string, type: string, contents: BlobPart): void {
  const address = URL.createObjectURL(new Blob([contents], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
