import type { ApiCall } from './panel';

const SHOWN = 4; // entries of a long list of numbers
const ITEMS = 2; // entries of a long list of anything else

/** Write a JSON document for the eye: indented, with long lists cut short and saying so. */
export function preview(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) return list(value, indent, inner);
  if (value !== null && typeof value === 'object') {
    const lines = Object.entries(value).map(
      ([key, entry]) => `${inner}${JSON.stringify(key)}: ${preview(entry, inner)}`,
    );
    return lines.length ? `{\n${lines.join(',\n')}\n${indent}}` : '{}';
  }
  return JSON.stringify(value);
}

function list(values: readonly unknown[], indent: string, inner: string): string {
  const flat = values.every((v) => v === null || typeof v !== 'object');
  const most = flat ? SHOWN : ITEMS;
  const left = values.length - most;
  const shown = values.slice(0, most).map((v) => preview(v, inner));
  const rest = left > 0 ? [`… ${left} more`] : [];
  if (flat) return `[${[...shown, ...rest].join(', ')}]`;
  return `[\n${[...shown, ...rest].map((line) => inner + line).join(',\n')}\n${indent}]`;
}

/** Write the API call as a curl command for a POSIX shell. */
export function curlOf(call: ApiCall, origin: string): string {
  const body = JSON.stringify(call.body).replaceAll("'", String.raw`'\''`);
  return `curl -s ${origin}${call.path} \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

/** Say how large a text is when stored as UTF-8. */
export function sizeOf(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
