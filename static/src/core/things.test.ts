import { expect, test } from 'vitest';
import { drawingAt, textOfThings, thingsOf } from './things';

const cat = { name: 'cat', x: 20, y: 30.5, size: 1, turn: 0 };
const sun = { name: 'sun', x: 60, y: 5, size: 0.6, turn: -45 };

test('the text is the one that the server writes and reads', () => {
  // python: SceneKind().to_text(Scene(items=(Item("cat", 20, 30.5), Item("sun", 60, 5, 0.6, -45))))
  expect(textOfThings([cat, sun])).toBe('cat,20,30.5,1,0;sun,60,5,0.6,-45');
  expect(thingsOf('cat,20,30.5,1,0;sun,60,5,0.6,-45')).toEqual([cat, sun]);
});

test('size and turn may be left out, and blanks do not matter', () => {
  expect(thingsOf(' cat, 20,30.5 ; sun,60,5,.6,-45;')).toEqual([cat, sun]);
  expect([thingsOf(''), textOfThings([])]).toEqual([[], '']);
});

test('what is no scene is none', () => {
  for (const text of ['cat', 'cat,1', 'cat,1,x', ',1,2', 'cat,1,2,3,4,5', 'cat,1,,2', 'cat,1e9,2', 'cat,NaN,2'])
    expect(thingsOf(text)).toBeNull();
});

test('two decimals are kept, and there is no minus before nothing', () => {
  expect(textOfThings([{ ...cat, x: 1 / 3, turn: -0.001 }])).toBe('cat,0.33,30.5,1,0');
});

test('a drawing is found by its name and by what is chosen', () => {
  expect(drawingAt('/art/{drawn}/{name}.svg', 'hot dog', { drawn: 'noto' })).toBe('/art/noto/hot%20dog.svg');
});
