import { expect, test } from 'vitest';
import { whyNot } from './microphone';
import { fitted, shrinks } from './photo';

test('a picture keeps its shape, and a small one its size', () => {
  expect(fitted(8000, 6000, 384)).toEqual({ width: 384, height: 288 });
  expect(fitted(300, 400, 384)).toEqual({ width: 288, height: 384 });
  expect(fitted(100, 50, 384)).toEqual({ width: 100, height: 50 });
  expect(fitted(10_000, 1, 384)).toEqual({ width: 384, height: 1 });
});

test('what may move, or is no photo, goes as it is, so that the server says why', () => {
  expect(shrinks({ type: 'image/jpeg', size: 100 })).toBe(true);
  expect(shrinks({ type: 'image/png', size: 5_000_000 })).toBe(true);
  expect(shrinks({ type: 'image/webp', size: 100 })).toBe(false);
  expect(shrinks({ type: 'image/gif', size: 5_000_000 })).toBe(false);
  expect(shrinks({ type: 'image/svg+xml', size: 5_000_000 })).toBe(false);
});

test('whoever gets no camera is told why, and what else there is', () => {
  const refused = new DOMException('no', 'NotAllowedError');
  expect(whyNot(refused, true, 'camera')).toContain('The camera was refused.');
  expect(whyNot(new DOMException('no', 'NotFoundError'), true, 'camera')).toContain('No camera was found.');
  expect(whyNot(refused, false, 'camera')).toContain('the camera to secure addresses only');
  expect(whyNot(refused, true, 'camera')).toContain('end a file, or choose a sample.');
});
