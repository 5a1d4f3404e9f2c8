import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { traces } from '../fixtures';

test("the types are those of the library's schema", () => {
  const check = () => execFileSync(process.execPath, ['wire.mjs', '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});

test('the recorded traces are of the version that the types describe', () => {
  expect(Object.values(traces).map((trace) => trace.version)).toEqual(Object.values(traces).map(() => 1));
});
