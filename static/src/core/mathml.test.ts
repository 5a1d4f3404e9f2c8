import { describe, expect, test } from 'vitest';
import { traces } from '../fixtures';
import { formula } from './mathml';
import { attentionEquations, equation, type Notation, type Indices } from './notation';

const NOTATIONS: Notation[] = ['ng', 'pytorch', 'keras'];
const INDICES: Indices[] = [{}, { layer: 0 }, { layer: 1, direction: 'forward' }, { layer: 1, direction: 'backward' }];
const CHILDREN: Record<string, number> = { msub: 2, msup: 2, mover: 2, msubsup: 3, msqrt: 1 };

const recorded = [
  ...new Set(Object.values(traces).flatMap(({ network }) => network.cell.values.map(({ latex }) => latex))),
];
const all = NOTATIONS.flatMap((notation) => [
  ...attentionEquations('dot', notation),
  ...attentionEquations('additive', notation),
  ...INDICES.flatMap((indices) =>
    recorded.flatMap((latex) => [false, true].map((itself) => equation(latex, notation, indices, itself))),
  ),
]);

/** How many children each element has, by its name; throws where tags do not match. */
function childrenOf(markup: string): [string, number][] {
  const counts: [string, number][] = [];
  const open: [string, number][] = [['', 0]];
  for (const [, end, name = ''] of markup.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    if (!end) open.push([name, 0]);
    else {
      const closed = open.pop();
      if (closed?.[0] !== name) throw new Error(`${name} ends ${closed?.[0]} in ${markup}`);
      counts.push(closed);
      const around = open.at(-1);
      if (around) around[1] += 1;
    }
  }
  return counts;
}

const textOf = (markup: string): string => markup.replaceAll(/<[^>]*>/g, '').replaceAll('\u2061', '');

describe('formula', () => {
  test('indices, one below the other, and accents', () => {
    expect(formula('W_{ax}').whole).toBe('<math><msub><mi>W</mi><mrow><mi>a</mi><mi>x</mi></mrow></msub></math>');
    expect(formula(String.raw`h^{(2)}_t`).whole).toContain('<msubsup><mi>h</mi><mi>t</mi><mrow>');
    expect(formula(String.raw`\tilde{c}`).whole).toBe(
      '<math><mover accent="true"><mi>c</mi><mo stretchy="false">˜</mo></mover></math>',
    );
    expect(formula(String.raw`\overleftarrow{a}`).whole).toContain('<mo stretchy="true">←</mo>');
  });

  test('a root holds what it is of, and a function is said to be applied', () => {
    expect(formula(String.raw`\sqrt{m}`).whole).toBe('<math><msqrt><mi>m</mi></msqrt></math>');
    expect(formula(String.raw`\tanh(c)`).whole).toContain('<mi>tanh</mi><mo>\u2061</mo><mo stretchy="false">(</mo>');
    expect(formula(String.raw`\operatorname{softmax}_{s}(c)`).whole).toContain('</msub><mo>\u2061</mo>');
  });

  test('signs stand close within an index, and a minus is no hyphen', () => {
    expect(formula('h_{t-1}').whole).toContain('<mo lspace="0" rspace="0">−</mo>');
    expect(formula('1 - z').whole).toContain('<mo form="infix">−</mo>');
  });

  test('what it does not know stands as it is written, and nothing becomes a tag', () => {
    expect(formula(String.raw`\frac{a}`).whole).toContain(String.raw`<mtext>\frac</mtext>`);
    expect(formula('a < b & c').whole).toContain('<mo>&lt;</mo><mi>b</mi><mo>&amp;</mo>');
    expect(formula(String.raw`\text{<b>}`).whole).toContain('<mtext>&lt;b></mtext>');
  });

  test('the pieces of a line are the whole, cut before a plus or a ring', () => {
    const { whole, pieces } = formula(String.raw`c = f \circ c + i`);
    expect(pieces.map(textOf)).toEqual(['c=f', '∘c', '+i']);
    expect(pieces.join('').replaceAll(/<\/?math>/g, '')).toBe(whole.replaceAll(/<\/?math>/g, ''));
  });
});

describe('every equation, in every notation', () => {
  test.each([...new Set(all)])('%s', (latex) => {
    const { whole, pieces } = formula(latex);
    expect(whole).not.toContain('<mtext>\\');
    expect(childrenOf(whole).filter(([name, count]) => count !== (CHILDREN[name] ?? count))).toEqual([]);
    pieces.forEach((piece) => childrenOf(piece));
  });
});
