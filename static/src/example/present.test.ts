import { expect, test } from 'vitest';
import { zoomOf } from './present';

test.each([
  [1920, 1080, 1.8],
  [3840, 2160, 3.6],
  [1280, 720, 1.2],
  [1440, 900, 1.35],
  [390, 844, 1],
  [1920, 600, 1.07],
])('a window of %d x %d is drawn %d times larger', (width, height, zoom) => expect(zoomOf(width, height)).toBe(zoom));

test('type is never smaller than from afar, unless the window is too low for the picture', () => {
  for (let width = 1067; width <= 5000; width += 97)
    expect(zoomOf(width, width) * 10).toBeGreaterThanOrEqual(((18 * width) / 1920) * 0.99);
});
