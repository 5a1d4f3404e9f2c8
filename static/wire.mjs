// Writes src/core/wire.ts from the JSON Schema of a trace: `npm run wire`. With --check it only says if it would change.
import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const TARGET = new URL('src/core/wire.ts', import.meta.url);
const schema = JSON.parse(await readFile(new URL('../docs/trace.schema.json', import.meta.url), 'utf8'));

/** Every field is always on the wire; the titles of fields would become a type each; tuples are the older `items`. */
function adapt(part, named) {
  if (Array.isArray(part)) return part.map((entry) => adapt(entry, false));
  if (part === null || typeof part !== 'object') return part;
  const out = {};
  for (const [key, value] of Object.entries(part)) {
    if (key === 'title' && !named) continue;
    if (key === 'prefixItems') out.items = adapt(value, false);
    else if (key === 'properties' || key === '$defs')
      out[key] = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, adapt(v, key === '$defs')]));
    else out[key] = adapt(value, false);
  }
  if (part.properties) out.required = Object.keys(part.properties);
  return out;
}

const bannerComment =
  '/** Generated from docs/trace.schema.json by `npm run wire`: change unrolled/trace.py instead. */';
const code = await compile(adapt(schema, true), 'Trace', {
  bannerComment,
  additionalProperties: false,
  style: { singleQuote: true, printWidth: 110 },
});
if (!process.argv.includes('--check')) await writeFile(TARGET, code);
else if ((await readFile(TARGET, 'utf8')) !== code)
  throw new Error('src/core/wire.ts is not what the schema says: npm run wire');
