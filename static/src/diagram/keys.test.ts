import { expect, test, vi } from 'vitest';
import { type KeyActions, type Presenting, press } from './keys';

/** As much of an element as a key press looks at. */
class Target extends EventTarget {
  constructor(private readonly kind: string) {
    super();
  }
  closest(selector: string): Target | null {
    return selector.split(', ').includes(this.kind) ? this : null;
  }
}
vi.stubGlobal('Element', Target);

function pressed(key: string, kind = 'div', held: Partial<KeyboardEvent> = {}, presents = false): string[] {
  const done: string[] = [];
  const told = new Proxy({} as KeyActions & Presenting, {
    get: (_, name) =>
      name === 'presenting' ? (presents ? told : null) : (by?: number) => done.push(`${String(name)}${by ?? ''}`),
  });
  press({ key, target: new Target(kind), preventDefault: () => undefined, ...held } as unknown as KeyboardEvent, told);
  return done;
}

test.each([
  [' ', 'toggle'],
  ['ArrowRight', 'step1'],
  ['ArrowLeft', 'step-1'],
  ['Home', 'start'],
  ['End', 'end'],
  ['f', 'fold'],
  ['?', 'help'],
  ['Escape', 'letGo'],
])('the key "%s" means %s', (key, action) => expect(pressed(key)).toEqual([action]));

test.each([
  ['PageDown', 'click1'],
  ['PageUp', 'click-1'],
  ['i', 'cell'],
  ['o', 'panel'],
  ['q', 'invite'],
])('the key "%s" means %s before a class, and else what it means to the browser', (key, action) => {
  expect(pressed(key, 'div', {}, true)).toEqual([action]);
  expect(pressed(key)).toEqual([]);
});

test('keys typed into a field or a menu stay there', () => {
  expect(pressed('f', 'textarea')).toEqual([]);
  expect(pressed('ArrowRight', 'select')).toEqual([]);
});

test('the space bar presses the button that has the focus', () => {
  expect(pressed(' ', 'button')).toEqual([]);
  expect(pressed('ArrowRight', 'button')).toEqual(['step1']);
});

test('a choice keeps the arrows, and a slider also Home and End; the space bar plays', () => {
  expect([' ', 'Home', 'ArrowRight'].flatMap((key) => pressed(key, '[type=radio]'))).toEqual(['toggle', 'start']);
  expect([' ', 'Home', 'ArrowRight'].flatMap((key) => pressed(key, '[type=range]:not([aria-label=Step])'))).toEqual([
    'toggle',
  ]);
});

test("the browser's own shortcuts are left alone", () => {
  expect(pressed('f', 'div', { ctrlKey: true })).toEqual([]);
  expect(pressed('ArrowLeft', 'div', { altKey: true })).toEqual([]);
});
