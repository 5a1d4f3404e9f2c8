import { expect, test } from 'vitest';
import { changeAfter } from './series-keys';

const stand = { index: 3, count: 5, point: { value: 0.3, marked: false }, step: 0.01, marks: true };
const press = (key: string, more: Partial<KeyboardEvent> = {}, at = stand) =>
  changeAfter({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }, at);

test('left and right choose a point and stop at the ends', () => {
  expect([press('ArrowLeft'), press('PageDown'), press('Home')]).toEqual([{ index: 2 }, { index: 4 }, { index: 0 }]);
});

test('up and down move the chosen point, further with shift', () => {
  expect(press('ArrowUp')?.point?.value).toBe(0.31);
  expect(press('ArrowDown', { shiftKey: true })?.point?.value).toBe(0.2);
});

test('a star marks a point where points can be marked', () => {
  expect(press('*')?.point).toEqual({ value: 0.3, marked: true });
  expect(press('*', {}, { ...stand, marks: false })).toBeUndefined();
});

test('other keys and shortcuts keep their meaning', () => {
  expect([press(' '), press('ArrowUp', { ctrlKey: true })]).toEqual([undefined, undefined]);
});
