import { expect, test } from 'vitest';
import { bent, jointNear } from './bend';

const still = Array.from({ length: 9 }, () => [[100, 100] as const, [200, 100] as const]);

test('a joint that is moved takes the frames around along, less and less, and no other joint', () => {
  const moved = bent(still, { frame: 4, joint: 1, dx: 60, dy: -40 }, 3);
  expect(moved.map(([, place]) => place?.[0])).toEqual([200, 209, 230, 251, 260, 251, 230, 209, 200]);
  expect(moved[4]).toEqual([
    [100, 100],
    [260, 60],
  ]);
  expect(moved.every(([first]) => first?.[0] === 100)).toBe(true);
});

test('with no reach one frame alone is changed', () => {
  const moved = bent(still, { frame: 0, joint: 0, dx: 5, dy: 5 }, 0);
  expect(moved[0]?.[0]).toEqual([105, 105]);
  expect(moved.slice(1)).toEqual(still.slice(1));
});

test('the nearest joint is taken, if it is near enough', () => {
  const posture = still[0]!;
  expect([jointNear(posture, [140, 100], 60), jointNear(posture, [160, 100], 60)]).toEqual([0, 1]);
  expect(jointNear(posture, [150, 300], 60)).toBeNull();
});
