import { describe, expect, test } from 'vitest';
import { greatestChange, liveliest, orderUnits, travelled, unitHistory } from './order';

// four columns of three units: 0 stands still, 1 jumps at the end, 2 jumps at once
const history = [
  [0.5, 0, 0],
  [0.5, 0.1, -0.9],
  [0.5, 0.1, -0.8],
  [0.5, 0.7, -0.7],
];

describe('the order of units', () => {
  test('adds up how far each unit moves', () => {
    expect(travelled(history).map((sum) => Number(sum.toFixed(3)))).toEqual([0, 0.7, 1.1]);
    expect(liveliest(history, 2)).toEqual([2, 1]);
  });

  test('finds the moment of greatest change', () => {
    expect(greatestChange(history)).toEqual([0, 3, 1]);
    expect(orderUnits(history, 'change')).toEqual([0, 2, 1]);
  });

  test('keeps every unit exactly once', () => {
    for (const order of ['index', 'change', 'end'] as const) {
      expect([...orderUnits(history, order)].sort()).toEqual([0, 1, 2]);
    }
    expect(orderUnits(history, 'end')).toEqual([1, 0, 2]);
  });

  test('passes over columns where the lane does not run', () => {
    expect(travelled([[1], null, [5]])).toEqual([0]);
    expect(unitHistory([[1], null, [5]], 0)).toEqual([1, null, 5]);
    expect(orderUnits([null], 'change')).toEqual([]);
  });
});
