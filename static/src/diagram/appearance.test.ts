import { expect, test } from 'vitest';
import { traces } from '../fixtures';
import { appearanceOf } from './appearance';

test('hidden states are coloured from −1 to 1, an unbounded cell state as far as it goes', () => {
  const largest = Math.max(...traces.manyToOne.layers.flatMap((l) => l.values['c']!.flat()).map(Math.abs));
  expect(appearanceOf(traces.manyToOne, 'h', 'ng', 'light').extent).toBe(1);
  expect(appearanceOf(traces.manyToOne, 'c', 'ng', 'light').extent).toBe(Math.max(1, largest));
});

test('a cell without the chosen value shows its hidden state', () => {
  expect(appearanceOf(traces.manyToMany, 'c', 'ng', 'light').value).toBe('h');
  expect(appearanceOf(traces.manyToOne, 'f', 'ng', 'light').value).toBe('f');
});
