/**
 * Write the LaTeX of equations as MathML, which browsers draw and screen readers read. The grammar is that of the
 * recorded equations and of notation.ts, and no more: letters, numbers, signs, indices, accents, roots, names, texts.
 * A command outside it stands as it was written; a test holds that no equation has one.
 */

const LETTERS: Record<string, string> = { Gamma: 'Γ', alpha: 'α', sigma: 'σ' };
const SIGNS: Record<string, string> = { circ: '∘', langle: '⟨', rangle: '⟩', top: '⊤', sum: '∑', '-': '−' };
const ACCENTS: Record<string, string> = { tilde: '˜', hat: '^', bar: '¯', overrightarrow: '→', overleftarrow: '←' };
const WIDE = new Set(['overrightarrow', 'overleftarrow']); // as wide as what they stand over
const APPLIED = new Set(['tanh', 'sigma', 'operatorname']);
const BETWEEN = '+−=/,;';
const FENCES = '()[]⟨⟩';

/** One thing of a formula. */
interface Part {
  markup: string;
  /** True where a line may end before it. */
  breaks?: boolean;
  /** True for a function, which what follows is given to. */
  applied?: boolean;
}

/** Unseen: it tells a screen reader that tanh is of what follows, and not times it. */
const OF: Part = { markup: '<mo>\u2061</mo>' };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const joined = (parts: readonly Part[]): string => parts.map(({ markup }) => markup).join('');
const row = (parts: readonly Part[]): string => (parts.length === 1 ? joined(parts) : `<mrow>${joined(parts)}</mrow>`);

/** Within an index, signs stand close. */
const tight = (markup: string): string => markup.replaceAll('<mo form="infix">', '<mo lspace="0" rspace="0">');

function sign(text: string): Part {
  if (text === '∘') return { markup: '<mo form="infix" lspace="0.22em" rspace="0.22em">∘</mo>', breaks: true }; // browsers leave no space
  if (BETWEEN.includes(text)) return { markup: `<mo form="infix">${text}</mo>`, breaks: text === '+' };
  return { markup: `<mo${FENCES.includes(text) ? ' stretchy="false"' : ''}>${escaped(text)}</mo>` };
}

/** Reads LaTeX from left to right. */
class Reader {
  private at = 0;
  constructor(private readonly latex: string) {}

  /** Read up to a closing brace, or to the end. */
  parts(): Part[] {
    const found: Part[] = [];
    while (this.more() && !this.take('}')) {
      const part = this.indexed(this.one());
      found.push(part);
      if (part.applied) found.push(OF);
    }
    return found;
  }

  private more(): boolean {
    while (this.latex[this.at] === ' ') this.at += 1;
    return this.at < this.latex.length;
  }

  private take(wanted: string): boolean {
    if (!this.more() || this.latex[this.at] !== wanted) return false;
    this.at += 1;
    return true;
  }

  /** Take what a pattern finds here; '' where it finds nothing. */
  private match(pattern: RegExp): string {
    const found = pattern.exec(this.latex.slice(this.at))?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private one(): Part {
    if (this.take('{')) return { markup: row(this.parts()) };
    if (this.take('\\')) return this.command(this.match(/^([A-Za-z]+|.)/));
    const digits = this.match(/^\d+/);
    if (digits) return { markup: `<mn>${digits}</mn>` };
    const letter = this.match(/^[A-Za-z]/);
    if (letter) return { markup: `<mi>${letter}</mi>` };
    const other = this.match(/^./u);
    return sign(SIGNS[other] ?? other);
  }

  /** Read a group of plain words. */
  private words(): string {
    return escaped(this.match(/^\{[^}]*\}/).slice(1, -1));
  }

  private command(name: string): Part {
    const applied = APPLIED.has(name);
    if (LETTERS[name])
      return { markup: `<mi${name === 'Gamma' ? ' mathvariant="normal"' : ''}>${LETTERS[name]}</mi>`, applied };
    if (SIGNS[name]) return sign(SIGNS[name]);
    if (ACCENTS[name]) {
      const over = `<mo stretchy="${WIDE.has(name)}">${ACCENTS[name]}</mo>`;
      return { markup: `<mover accent="true">${this.one().markup}${over}</mover>` };
    }
    if (name === 'sqrt') return { markup: `<msqrt>${this.one().markup}</msqrt>` };
    if (name === 'text') return { markup: `<mtext>${this.words()}</mtext>` };
    if (name === ',') return { markup: '<mspace width="0.17em"></mspace>' };
    if (applied) return { markup: `<mi>${name === 'operatorname' ? this.words() : name}</mi>`, applied };
    return { markup: `<mtext>\\${name}</mtext>` };
  }

  /** Give a thing the indices that follow it. */
  private indexed(base: Part): Part {
    const letter = this.take("'") ? `<mrow>${base.markup}<mo>′</mo></mrow>` : base.markup; // the font's prime stands high
    let [below, above] = ['', ''];
    for (;;) {
      if (this.take('_')) below = tight(this.one().markup);
      else if (this.take('^')) above = tight(this.one().markup);
      else break;
    }
    const tag = below && above ? 'msubsup' : below ? 'msub' : 'msup';
    return { ...base, markup: below || above ? `<${tag}>${letter}${below}${above}</${tag}>` : letter };
  }
}

const math = (content: string): string => `<math>${content}</math>`;

/** A formula as MathML: whole, as it is read out, and in the pieces between which its line may end. */
export interface Formula {
  whole: string;
  pieces: readonly string[];
}

/** Write LaTeX as MathML. No browser breaks the lines of MathML, so the pieces are formulas of their own. */
export function formula(latex: string): Formula {
  const parts = new Reader(latex).parts();
  const pieces: string[] = [''];
  for (const { markup, breaks } of parts) {
    if (breaks) pieces.push('');
    pieces[pieces.length - 1] += markup;
  }
  return { whole: math(joined(parts)), pieces: pieces.map(math) };
}
