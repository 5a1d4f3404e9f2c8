import { expect, test } from 'vitest';
import { domainOf, fromSheet, pointsOf, rounded, stepOf, withPoint } from './series';

const values = (text: string) => pointsOf(text)?.map((point) => point.value) ?? null;

test('numbers may be separated by commas, semicolons or lines', () => {
  expect(values('1, 2.5;-3\n4e1')).toEqual([1, 2.5, -3, 40]);
  expect([values('1, two, 3'), values('7'), values('random 20 seed 5')]).toEqual([null, null, null]);
});

test('a star marks its number', () => {
  expect(pointsOf('0.31 0.72*')).toEqual([
    { value: 0.31, marked: false },
    { value: 0.72, marked: true },
  ]);
  expect(pointsOf('0.31 *')).toBeNull();
});

test('changing one point leaves the rest of the text alone', () => {
  expect(withPoint('1,  2.50*, 3', 1, { value: 2.7, marked: true })).toBe('1,  2.7*, 3');
  expect(withPoint('1 2 3', 2, { value: -0.5, marked: false })).toBe('1 2 -0.5');
});

test('the axis leaves room to drag beyond the largest and smallest number', () => {
  const [low, high] = domainOf([0, 10]);
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(10);
  expect(domainOf([5, 5])[0]).toBeLessThan(domainOf([5, 5])[1]);
});

test('points move in steps that suit the axis', () => {
  expect([stepOf([0, 1]), stepOf([0, 1300])]).toEqual([0.01, 10]);
  expect([rounded(0.123456, 0.01), rounded(1234.5, 10), rounded(0.30000000000000004, 0.1)]).toEqual([0.12, 1230, 0.3]);
});

test('a column of a spreadsheet becomes one line', () => {
  expect(fromSheet('1.5\n2.5\r\n3\n')).toBe('1.5, 2.5, 3');
  expect(fromSheet('1,5\t2,5\t-3')).toBe('1.5, 2.5, -3');
  expect(fromSheet('0.5, 0.7* 1')).toBe('0.5, 0.7* 1');
});

test('a pasted table, an empty cell and commas that may group thousands stay for the server to read', () => {
  for (const pasted of ['time\tload\n0:00\t3', '1\n\n3', '1\t\t3', '1,234\n2,345', '1.234,5\n2,5', 'load\n1\n2'])
    expect(fromSheet(pasted)).toBe(pasted);
});
