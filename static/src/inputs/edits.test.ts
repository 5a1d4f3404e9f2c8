import { expect, test } from 'vitest';
import { begun, edited, redone, restored, undone } from './edits';

const twice = edited(edited(begun('1 2'), '5 2', 'point 0'), '5 9', 'point 1');

test('edits are undone one by one, and done again', () => {
  expect(undone(twice).present).toBe('5 2');
  expect(undone(undone(twice)).present).toBe('1 2');
  expect(redone(undone(twice))).toMatchObject({ past: twice.past, present: '5 9', future: [] });
});

test('one drag is one edit, however far it goes', () => {
  const dragged = ['6 9', '7 9', '8 9'].reduce((edits, text) => edited(edits, text, 'drag 1'), twice);
  expect(undone(dragged).present).toBe('5 9');
});

test('a new edit forgets what was undone', () => {
  const other = edited(undone(twice), '5 0', 'point 1');
  expect(other.future).toEqual([]);
  expect(redone(other).present).toBe('5 0');
});

test('restoring goes back to the beginning, and can be undone', () => {
  expect(restored(twice).present).toBe('1 2');
  expect(undone(restored(twice)).present).toBe('5 9');
  expect(undone(begun('1')).present).toBe('1');
});
