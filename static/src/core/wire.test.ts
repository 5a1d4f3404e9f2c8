import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { traces } from '../fixtures';

test('the types and the limits are those of the OpenAPI document', () => {
  const check = () => execFileSync(process.execPath, ['wire.mjs', '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
}, 120_000); // a second process, however busy the machine

test('the recorded traces are of the version that the types describe', () => {
  expect(Object.values(traces).map((trace) => trace.version)).toEqual(Object.values(traces).map(() => 1));
});
