import { expect, test } from 'vitest';
import { deflated, inflated, numbersOf, written } from './packed';

const NUMBERS = [0, 1, -1, 63, 64, -64, -65, 8191, -8192, 1_000_000, -100_000_000];

test('whole numbers come back from their bytes, and small ones take one', () => {
  expect(numbersOf(written(NUMBERS))).toEqual(NUMBERS);
  expect(written([63, -64])).toHaveLength(2);
});

test('numbers that break off, or are too large, are none', () => {
  expect(numbersOf(Uint8Array.of(0x80))).toBeNull();
  expect(numbersOf(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 1))).toBeNull();
});

test('bytes come back from their letters, which an address carries as they are', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * i) % 251);
  expect(deflated(bytes)).toMatch(/^[\w-]+$/);
  expect(inflated(deflated(bytes))).toEqual(bytes);
  for (const letters of ['!', 'AAAA', 'a']) expect(inflated(letters)).toBeNull();
});
