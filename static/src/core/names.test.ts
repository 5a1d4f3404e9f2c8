import { describe, expect, test } from 'vitest';
import { indicesOf } from '../cells/reading';
import { traces } from '../fixtures';
import { overlap } from './geometry';
import { layout } from './layout';
import { placeName, roomOf } from './names';
import { symbol } from './notation';
import type { Trace } from './wire';

const SIZES = [[1400, 560], [920, 380], [760, 300], [362, 420], [600, 240]] as const; // prettier-ignore

/** Two layers that write: arrows that feed back pass beside the cells, and two names stand in the last column. */
const deep: Trace = structuredClone(traces.oneToMany);
deep.network.topology.layers = 2;
deep.layers = deep.layers.flatMap((record) => [record, { ...record, layer: 1 }]);

describe.each([...Object.entries(traces), ['oneToMany in two layers', deep] as const])(
  'the names of the states of %s',
  (_, trace) => {
    test.each(SIZES)('stand clear of boxes, of one another and of the edge at %i x %i', (width, height) => {
      const scene = layout(trace, { width, height });
      const states = scene.boxes.filter(({ item }) => item.kind === 'h');
      const rooms = states.map((box) => {
        // Where columns are narrow, as long as in a long text: nowhere else do so many columns fit.
        const text = symbol(
          'h',
          { ...indicesOf(trace, box.item), t: (scene.rows.dense ? 300 : 0) + box.item.column },
          'ng',
        ).text;
        return { box, room: roomOf(placeName(scene, box, text), text) };
      });
      const bad: string[] = [];
      for (const { box, room } of rooms) {
        const hit = scene.boxes.filter((other) => other.item.kind !== 'verdict' && overlap(room, other));
        bad.push(...hit.map((other) => `${box.item.id} on ${other.item.id}`));
        if (room.x < 0 || room.x + room.width > scene.width) bad.push(`${box.item.id} outside`);
      }
      // Where columns are narrow, the states of one column alone have names.
      const together = (a: number, b: number) => !scene.rows.dense || a === b;
      rooms.forEach((a, i) =>
        rooms.slice(i + 1).forEach((b) => {
          if (together(a.box.item.column, b.box.item.column) && overlap(a.room, b.room))
            bad.push(`${a.box.item.id} and ${b.box.item.id}`);
        }),
      );
      expect(bad).toEqual([]);
    });
  },
);
