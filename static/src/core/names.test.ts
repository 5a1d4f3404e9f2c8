import { describe, expect, test } from 'vitest';
import { placeOf } from '../cells/reading';
import { traces } from '../fixtures';
import { overlap } from './geometry';
import { layout } from './layout';
import { placeName, roomOf } from './names';
import { symbol } from './notation';

const SIZES = [[1400, 560], [920, 380], [760, 300], [362, 420], [600, 240]] as const; // prettier-ignore

describe.each(Object.entries(traces))('the names of the states of %s', (_, trace) => {
  test.each(SIZES)('stand clear of boxes, of one another and of the edge at %i x %i', (width, height) => {
    const scene = layout(trace, { width, height });
    const states = scene.boxes.filter(({ item }) => item.kind === 'h');
    const rooms = states.map((box) => {
      const text = symbol('h', { ...placeOf(trace, box.item), t: 300 + box.item.column }, 'ng').text; // as long as in a long text
      return { box, room: roomOf(placeName(scene, box, text), text) };
    });
    const bad: string[] = [];
    for (const { box, room } of rooms) {
      const hit = scene.boxes.filter((other) => other.item.kind !== 'verdict' && overlap(room, other));
      bad.push(...hit.map((other) => `${box.item.id} on ${other.item.id}`));
      if (room.x < 0 || room.x + room.width > scene.width) bad.push(`${box.item.id} outside`);
    }
    if (!scene.rows.dense)
      rooms.forEach((a, i) => rooms.slice(i + 1).forEach((b) => overlap(a.room, b.room) && bad.push(`${a.box.item.id} and ${b.box.item.id}`)));
    expect(bad).toEqual([]);
  });
});
