import { expect, test } from 'vitest';
import { traces } from '../fixtures';
import { inUnit, numberOf, ownNumber, said } from './said';

const [hour] = traces.encoderDecoderNumbers.outputs;
const [letter] = traces.oneToMany.outputs;

test('a number is written in the unit outside, and the network’s own beside it', () => {
  expect(numberOf(hour!)).toBe(hour!.value);
  expect(said(hour)).toBe(inUnit(hour!.value!));
  expect(said(hour)).not.toBe(hour!.label);
  expect(ownNumber(hour!)).toMatch(/^the network’s own number is −?0\.\d+$/);
});

test('a class is written by its name, and a number without a unit as the network wrote it', () => {
  expect([said(letter), ownNumber(letter!), said(undefined)]).toEqual(['m', '', '']);
  const plain = { ...hour!, value: null };
  expect([said(plain), numberOf(plain)]).toEqual([plain.label, plain.p]);
});

test('numbers keep the digits that say something', () => {
  expect([11.4587, 4174.25, 53210.4, -0.05, 0].map(inUnit)).toEqual(['11.46', '4174', '53210', '−0.05', '0']);
});
