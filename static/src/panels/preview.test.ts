import { describe, expect, test } from 'vitest';
import { curlOf, preview, sizeOf } from './preview';

describe('the trace as text', () => {
  test('short documents are shown whole, as JSON', () => {
    const document = { a: [1, 2], b: { c: null }, d: 'x' };
    expect(JSON.parse(preview(document))).toEqual(document);
  });

  test('long lists say how much is left out', () => {
    expect(preview([1, 2, 3, 4, 5, 6])).toBe('[1, 2, 3, 4, … 2 more]');
    expect(preview([[1], [2], [3]])).toContain('… 1 more');
  });

  test('the curl command survives quotes in the input', () => {
    const command = curlOf({ path: '/api', body: { input: "it's “not” bad" } }, 'http://localhost:8000');
    const quoted = command.slice(command.indexOf('-d ') + 3);
    expect(quoted).toBe(String.raw`'{"input":"it'\''s “not” bad"}'`);
    expect(JSON.parse(quoted.slice(1, -1).replaceAll(String.raw`'\''`, "'"))).toEqual({ input: "it's “not” bad" });
  });

  test('sizes are those of the stored text', () => {
    expect(sizeOf('x'.repeat(2500))).toBe('3 kB');
    expect(sizeOf('é'.repeat(1e6))).toBe('2.0 MB');
  });
});
