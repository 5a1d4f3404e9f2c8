import { type Sheet, engraved, outputOfCharacter } from './tune';

/** A stretch of a score from top to bottom, in pixels. */
export interface Line {
  top: number;
  bottom: number;
}

/** A score that has been laid out as a whole, and is uncovered as far as it is written. */
export interface Engraved {
  /** Show what the first outputs wrote, and nothing after it. */
  uncover: (count: number) => void;
  /** Mark what an output wrote; gives the line where it stands. */
  point: (y: number) => Line | null;
  /** The output that wrote what is drawn here. */
  outputUnder: (target: Element) => number | undefined;
}

/** Something drawn: by which output, in which line, from where to where. */
interface Mark {
  y: number;
  line: number;
  right: number;
  drawn: readonly Element[];
}

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 4;
const BAR = 118; // pixels that a bar needs to be read

/** Lay out a tune in lines of a width. abcjs is fetched here, for the few pages that draw music. */
export async function engrave(page: HTMLElement, sheet: Sheet, width: number): Promise<Engraved> {
  const { default: abcjs } = await import('abcjs');
  const { text, ends } = engraved(sheet);
  const scale = width < 500 ? 0.75 : 0.85;
  const [tune] = abcjs.renderAbc(page, text, {
    add_classes: true,
    foregroundColor: 'currentColor',
    paddingbottom: 0,
    paddingleft: 0,
    paddingright: 0,
    paddingtop: 0,
    scale,
    staffwidth: width - MARGIN, // abcjs divides it by the scale
    wrap: { minSpacing: 1.2, maxSpacing: 2.4, preferredMeasuresPerLine: Math.max(1, Math.floor(width / BAR)) },
  });
  const marks = marksOf(tune.makeVoicesArray()[0] ?? [], ends);
  return uncovering(page.querySelector('svg'), marks);
}

interface Placed {
  line: number;
  elem: { type: string; elemset?: readonly Element[]; abcelem: { startChar?: number } };
}

/** Say of all that is drawn which output wrote it; clefs and signatures belong to what follows them. */
function marksOf(placed: readonly unknown[], ends: readonly number[]): Mark[] {
  const marks: Mark[] = [];
  let y = 0;
  for (const { line, elem } of placed as readonly Placed[]) {
    const drawn = (elem.elemset ?? []).filter((element) => element instanceof Element);
    if (['note', 'rest', 'bar'].includes(elem.type)) y = outputOfCharacter(ends, elem.abcelem.startChar ?? 0);
    const right = Math.max(0, ...drawn.map((element) => boxOf(element).right));
    marks.push({ y, line, right, drawn });
  }
  return marks;
}

function boxOf(element: Element): { top: number; bottom: number; right: number } {
  const { x, y, width, height } = (element as SVGGraphicsElement).getBBox();
  return { top: y, bottom: y + height, right: x + width };
}

function uncovering(svg: SVGSVGElement | null, marks: readonly Mark[]): Engraved {
  const lines = bandsOf(marks);
  const covers = lines.map(({ top, bottom }) => coverOf(svg, top, bottom - top));
  const byElement = new Map(marks.flatMap(({ y, drawn }) => drawn.map((element) => [element, y] as const)));
  let pointed: readonly Element[] = [];
  return {
    uncover: (count) => {
      covers.forEach((cover, line) => {
        const there = marks.filter((mark) => mark.line === line);
        const written = there.filter(({ y }) => y < count);
        const all = written.length === there.length;
        const right = written.length > 0 ? Math.max(...written.map((mark) => mark.right)) + 1 : 0;
        cover.setAttribute('x', String(all ? 1e5 : right));
      });
    },
    point: (y) => {
      for (const element of pointed) element.classList.remove('now');
      const mark = marks.find((m) => m.y === y && m.drawn.length > 0);
      pointed = mark?.drawn ?? [];
      for (const element of pointed) element.classList.add('now');
      const line = mark && lines[mark.line];
      return line && svg ? onScreen(svg, line) : null;
    },
    outputUnder: (target) => {
      for (let at: Element | null = target; at && at !== svg; at = at.parentElement) {
        const y = byElement.get(at);
        if (y !== undefined) return y;
      }
      return undefined;
    },
  };
}

/** Divide a page into its lines, each from halfway after the one before it to halfway before the next. */
function bandsOf(marks: readonly Mark[]): Line[] {
  const extents: Line[] = [];
  for (const { line, drawn } of marks)
    for (const { top, bottom } of drawn.map(boxOf)) {
      const known = extents[line];
      extents[line] = { top: Math.min(known?.top ?? top, top), bottom: Math.max(known?.bottom ?? bottom, bottom) };
    }
  return extents.map(({ top, bottom }, i) => ({
    top: i === 0 ? 0 : (top + (extents[i - 1]?.bottom ?? top)) / 2,
    bottom: i === extents.length - 1 ? 1e5 : (bottom + (extents[i + 1]?.top ?? bottom)) / 2,
  }));
}

function coverOf(svg: SVGSVGElement | null, top: number, height: number): SVGRectElement {
  const cover = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ class: 'cover', x: 0, y: top, width: 1e5, height }))
    cover.setAttribute(name, String(value));
  svg?.append(cover);
  return cover;
}

/** Where a line stands on the page, in pixels from its top. */
function onScreen(svg: SVGSVGElement, { top, bottom }: Line): Line {
  const scale = svg.viewBox.baseVal.height > 0 ? svg.clientHeight / svg.viewBox.baseVal.height : 1;
  return { top: top * scale, bottom: Math.min(svg.clientHeight, bottom * scale) };
}
