/**
 * The only translator of symbols. Code and traces speak PyTorch (h, i f g o, r z n, time from 0); the page speaks
 * one of three dialects and counts time from 1. Nothing else in the front end spells a symbol or an equation.
 *
 * Sources: A. Ng, "Sequence Models" (lectures); the pages of torch.nn.GRU and torch.nn.LSTM; keras.layers.GRU, LSTM.
 */

export type Notation = 'ng' | 'pytorch' | 'keras';

export const notations: readonly { id: Notation; title: string; sample: string }[] = [
  { id: 'ng', title: 'Lectures (Ng)', sample: 'a⟨t⟩' },
  { id: 'pytorch', title: 'PyTorch', sample: 'hₜ' },
  { id: 'keras', title: 'Keras', sample: 'hₜ' },
];

/** Where a quantity stands. Leave `layer` or `direction` out where the network has only one. */
export interface Indices {
  /** A step counted from 0 (-1: before the first), or a letter that stands for any step; nothing: no index. */
  t?: number | string;
  /** Counted from 0. */
  layer?: number;
  direction?: 'forward' | 'backward';
}

/** One symbol, in parts for SVG and HTML, as plain text and as LaTeX. */
export interface Sign {
  base: string;
  sub: string;
  sup: string;
  text: string;
  latex: string;
}

interface Letter {
  text: string;
  latex: string;
  sub?: string;
}

const gamma = (sub: string): Letter => ({ text: 'Γ', latex: String.raw`\Gamma`, sub });
const tilde = (letter: string): Letter => ({ text: `${letter}\u0303`, latex: String.raw`\tilde{${letter}}` });

const everywhere: Record<string, Letter> = {
  y_hat: { text: 'ŷ', latex: String.raw`\hat{y}` },
  alpha: { text: 'α', latex: String.raw`\alpha` },
};

const dialects: Record<Notation, Record<string, Letter>> = {
  ng: {
    h: { text: 'a', latex: 'a' },
    i: gamma('u'),
    f: gamma('f'),
    o: gamma('o'),
    g: tilde('c'),
    r: gamma('r'),
    z: gamma('u'),
    n: tilde('c'),
  },
  pytorch: {},
  keras: { g: tilde('c'), n: tilde('h') },
};

const gates = new Set(['i', 'f', 'o', 'r', 'z']);
const candidates = new Set(['g', 'n']);
const superDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const small: Record<string, string> = Object.fromEntries(
  [...'0123456789aehijklmnoprstuvx+-−′'].map((sign, i) => [sign, [...'₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₋′'][i] ?? sign]),
);
const arrows = { forward: '→', backward: '←' } as const;
const overArrows = { forward: String.raw`\overrightarrow`, backward: String.raw`\overleftarrow` } as const;

function letterOf(name: string, notation: Notation): Letter {
  return dialects[notation][name] ?? everywhere[name] ?? { text: name, latex: name };
}

/** Write one of the trace's quantities (`x h c y_hat alpha`, or a gate) as the page names it. */
export function symbol(name: string, indices: Indices, notation: Notation): Sign {
  const letter = letterOf(name, notation);
  const outside = name === 'x' || name in everywhere; // inputs and outputs belong to no layer
  const layer = outside || indices.layer === undefined ? '' : String(indices.layer + 1);
  const direction = outside ? undefined : indices.direction;
  const t = typeof indices.t === 'number' ? String(indices.t + 1) : (indices.t ?? '');
  const latex = direction ? `${overArrows[direction]}{${letter.latex}}` : letter.latex;
  const base = letter.text + (direction ? arrows[direction] : '');
  return notation === 'ng' ? lectureSign(letter, base, latex, layer, t) : indexedSign(base, latex, layer, t);
}

/** a[2]⟨3⟩: layer and time above, the gate's name below. */
function lectureSign(letter: Letter, base: string, latex: string, layer: string, t: string): Sign {
  const sub = letter.sub ?? '';
  const sup = (layer && `[${layer}]`) + (t && `⟨${t}⟩`);
  const above = (layer && `[${layer}]`) + (t && String.raw`\langle ${primes(t)}\rangle`);
  return {
    base,
    sub,
    sup,
    text: base.replace(letter.text, letter.text + (lowered(sub) ?? sub)) + sup,
    latex: latex + (sub && `_${sub}`) + (above && `^{${above}}`),
  };
}

/** h⁽²⁾₃: layer above, time below, as in PyTorch's documentation. */
function indexedSign(base: string, latex: string, layer: string, t: string): Sign {
  const raised = [...layer].map((digit) => superDigits[Number(digit)] ?? digit).join('');
  return {
    base,
    sub: t,
    sup: layer && `(${layer})`,
    text: base + (layer && `⁽${raised}⁾`) + (lowered(t) ?? `(${t})`),
    latex: latex + (layer && `^{(${layer})}`) + (t && `_{${primes(t)}}`),
  };
}

/** Write an index as small signs below the line; null where Unicode lacks one of them, such as f. */
function lowered(index: string): string | null {
  const signs = [...index].map((sign) => small[sign]);
  return signs.includes(undefined) ? null : signs.join('');
}

const primes = (t: string): string => t.replaceAll('′', "'");

/** Number a unit, a layer or a step as the page does: from 1, where code counts from 0. */
export function fromOne(index: number): number {
  return index + 1;
}

/** Give a recorded number as the chosen symbol means it: Ng's Γ_u of a GRU is 1 - z. */
export function shown(name: string, value: number, notation: Notation): number {
  return notation === 'ng' && name === 'z' ? 1 - value : value;
}

/** A piece of an equation: a quantity at this step or the one before, or LaTeX that stays as it is. */
export type Token = { name: string; previous: boolean } | { latex: string };

const PIECE = /\(1 - ([a-z])_t\)|([A-Za-z])_(?:\{([^}]*)\}|([A-Za-z]))/g;

/** Split a recorded PyTorch equation into quantities and plain LaTeX, with weights and biases renamed. */
export function tokens(latex: string, notation: Notation): Token[] {
  const found: Token[] = [];
  const source = notation === 'ng' ? latex.replace(/^z_t = (.*)$/, 'z_t\u2063 = 1 - $1') : latex;
  let end = 0;
  for (const match of source.matchAll(PIECE)) {
    found.push({ latex: source.slice(end, match.index) });
    end = match.index + match[0].length;
    const defines = source[end] === '\u2063'; // marks the left side, which is Γ_u itself
    if (defines) end += 1;
    found.push(...piece(match, notation, defines));
  }
  return [...found, { latex: source.slice(end) }].filter((token) => !('latex' in token && token.latex === ''));
}

function piece(match: RegExpMatchArray, notation: Notation, defines: boolean): Token[] {
  const complement = match[1];
  const swapped = notation === 'ng';
  if (complement !== undefined) {
    const value = { name: complement, previous: false };
    return swapped && complement === 'z' ? [value] : [{ latex: '(1 - ' }, value, { latex: ')' }];
  }
  const [letter, below] = [match[2] ?? '', match[3] ?? match[4] ?? ''];
  if (letter === 'W' || letter === 'b' || letter === 'p') return [{ latex: weight(letter, below, notation) }];
  const value = { name: letter, previous: below === 't-1' };
  const flip = swapped && letter === 'z' && !defines;
  return flip ? [{ latex: '(1 - ' }, value, { latex: ')' }] : [value];
}

/** Rename W_{ir}, W_{hr}, b_r, b_{in}, a peephole p_i: the first of two letters says what is multiplied, the last one which gate. */
function weight(letter: string, below: string, notation: Notation): string {
  const gate = below.slice(-1);
  const hidden = below.length === 2 && below.startsWith('h');
  if (notation === 'pytorch') return `${letter}_{${below}}`;
  if (notation === 'ng') {
    const lecture: Record<string, string> = { h: 'a', n: 'c', g: 'c', i: 'u' }; // z stays: Γ_u = 1 - z uses z's weights
    const source = below.length === 2 ? (hidden ? 'a' : 'x') : '';
    return `${letter}_{${lecture[gate] ?? gate}${source}}`;
  }
  const own: Record<string, string> = { h: '', n: 'h', g: 'c' };
  const name = letter === 'W' && hidden ? 'U' : letter === 'b' && hidden ? "b'" : letter;
  const index = own[gate] ?? gate;
  return index ? `${name}_{${index}}` : name;
}

/**
 * Translate a recorded equation (`trace.network.cell.values[].latex`) into the LaTeX of the chosen notation.
 * A decoder's first layer reads its own last output where others read x.
 */
export function equation(latex: string, notation: Notation, indices: Indices = {}, readsItself = false): string {
  const written = { ...indices, t: indices.t ?? 't' };
  const input = readsItself && !indices.layer ? symbol('y_hat', { t: String.raw`\text{prev}` }, notation).latex : '';
  return tokens(latex, notation)
    .map((token) => {
      if ('latex' in token) return token.latex;
      return token.name === 'x' && input ? input : quantity(token.name, token.previous, written, notation);
    })
    .join('');
}

/**
 * Write how attention is computed for output s: the weights, the context that they mix, and where it joins the
 * decoder's state at step t. It looks at the states of an encoder, or at the `places` of the one input.
 */
export function attentionEquations(kind: 'dot' | 'additive', notation: Notation, places = false): string[] {
  const [state, alpha] = [symbol('h', { t: 't' }, notation).latex, symbol('alpha', { t: 's, t′' }, notation).latex];
  const letter = letterOf(places ? 'x' : 'h', notation).latex;
  const memory = notation === 'ng' ? String.raw`\bar{${letter}}^{\langle t'\rangle}` : String.raw`\bar{${letter}}_{t'}`;
  const score = {
    dot: String.raw`(W_\alpha ${state})^{\top} ${memory} / \sqrt{m}`,
    additive: String.raw`v^{\top}\, \tanh(W_\alpha ${state} + U_\alpha ${memory} + b_\alpha)`,
  }[kind];
  return [
    String.raw`${alpha} = \operatorname{softmax}_{t'}(${score})`,
    String.raw`\text{context} = \sum_{t'} ${alpha}\, ${memory}`,
    String.raw`${symbol('y_hat', { t: 's' }, notation).latex} = \operatorname{softmax}(W_y\, \tanh(W_{\text{mix}} [\text{context}; ${state}] + b_{\text{mix}}) + b_y)`,
  ];
}

/** Write one quantity of an equation. Above the first layer, x is the state of the layer below. */
function quantity(name: string, previous: boolean, indices: Indices, notation: Notation): string {
  if (name === 'x' && indices.layer) return symbol('h', { t: indices.t, layer: indices.layer - 1 }, notation).latex;
  if (previous) return symbol(name, before(indices), notation).latex;
  // Only a state reaches other steps and layers; Ng leaves even ⟨t⟩ off the gates
  if (gates.has(name) && notation === 'ng') return symbol(name, {}, notation).latex;
  return symbol(name, gates.has(name) || candidates.has(name) ? { t: indices.t } : indices, notation).latex;
}

/** The indices whose state a cell reads: one step earlier, which for a backward layer is one to the right. */
export function before(indices: Indices): Indices {
  const step = indices.direction === 'backward' ? 1 : -1;
  if (typeof indices.t === 'number') return { ...indices, t: indices.t + step };
  return { ...indices, t: indices.t === undefined ? undefined : `${indices.t}${step < 0 ? '-' : '+'}1` };
}
