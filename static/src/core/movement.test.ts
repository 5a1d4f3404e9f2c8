import { expect, test } from 'vitest';
import { mirrored, movementIn, movementOf, textOfMovement } from './movement';
import type { Movement } from './posture';

// python: PoseKind().to_text(Pose.of(np.array([[[.1,.2],[.3,.4],[.5,.6]],[[.1,.25],[.3,.38],[.5,.7]]], np.float32)))
const TEXT = '3.O8E4gfkGywK2F-wbOBlSGNQZTjACAA';
const moved: Movement = [
  [
    [100, 200],
    [300, 400],
    [500, 600],
  ],
  [
    [100, 250],
    [300, 380],
    [500, 700],
  ],
];

test('the text is the one that the server writes and reads', () => {
  expect(textOfMovement(moved)).toBe(TEXT);
  expect(movementOf(TEXT)).toEqual(moved);
});

test('every movement comes back from its text', () => {
  let seed = 7;
  const random = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
  for (let round = 0; round < 60; round += 1) {
    const joints = 1 + random(20);
    const place = (): [number, number] => [random(20_001) - 10_000, random(20_001) - 10_000];
    const movement = Array.from({ length: 1 + random(40) }, () => Array.from({ length: joints }, place));
    expect(movementOf(textOfMovement(movement))).toEqual(movement);
  }
});

test('nothing moves in an empty text, and what is no movement is none', () => {
  expect([movementOf(' '), textOfMovement([])]).toEqual([[], '']);
  for (const text of [
    'walk',
    '3.',
    '0.AAAA',
    '4.O8E4gfkGywK2F-wbOBlSGNQZTjACAA',
    TEXT.slice(0, 20),
    '@0123456789abcdef',
  ])
    expect(movementOf(text)).toBeNull();
});

test('what a trace holds is the movement that was read', () => {
  const frames = moved.map((posture) => posture.map(([x, y]) => [x / 500, y / 500] as [number, number]));
  expect(movementIn({ kind: 'points', frames, bones: [], width: 2, height: 2 })).toEqual(moved);
});

test('a mirrored figure has its left hand where its right hand was, and twice mirrored is as it was', () => {
  const joints = ['left hand', 'nose', 'right hand'];
  expect(mirrored(moved, joints)[0]).toEqual([
    [500, 600],
    [700, 400],
    [900, 200],
  ]);
  expect(mirrored(mirrored(moved, joints), joints)).toEqual(moved);
  expect(mirrored(moved, ['a', 'b', 'c'])[0]?.[0]).toEqual([900, 200]); // no side is named: each stays its own
});
