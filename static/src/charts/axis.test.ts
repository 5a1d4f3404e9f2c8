import { describe, expect, test } from 'vitest';
import { axisOf, scrollTo, usualLength } from './axis';

describe('the time axis', () => {
  test('shares the room among few columns, but not without end', () => {
    expect(axisOf(10, 500, false, 8)).toMatchObject({ column: 50, total: 500, crowded: false, label: 'flat' });
    expect(axisOf(2, 500, false, 8).column).toBeLessThan(150);
  });

  test('scrolls where columns would be too narrow to read', () => {
    const axis = axisOf(200, 900, false, 8);
    expect(axis.total).toBeGreaterThan(900);
    expect(axis).toMatchObject({ crowded: true, label: 'upright', every: 1 });
  });

  test('turns words upright where they do not fit, but not single letters', () => {
    expect(axisOf(25, 900, false, 9).label).toBe('upright');
    expect(axisOf(25, 900, false, 1).label).toBe('flat');
  });

  test('lets one long label among single letters be cut', () => {
    expect(usualLength([...'characters-of-a-name', '⟨end⟩'])).toBe(1);
    expect([usualLength(['yesterday', 'all', 'my']), usualLength([])]).toEqual([9, 1]);
  });

  test('shows the whole where that is asked, and labels only some', () => {
    const axis = axisOf(400, 800, true, 1);
    expect(axis.total).toBe(800);
    expect(axis.every * axis.column).toBeGreaterThanOrEqual(34);
  });

  test('scrolls only when the column is out of sight', () => {
    const axis = axisOf(200, 440, false, 8);
    expect(scrollTo(axis, 3, 0, 440)).toBeUndefined();
    expect(scrollTo(axis, 100, 0, 440)).toBe(100.5 * axis.column - 220);
    expect(scrollTo(axis, 0, 900, 440)).toBe(0);
  });
});
