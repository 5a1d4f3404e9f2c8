// Writes what the front end knows of the API, from docs/openapi.json: `npm run wire`. The types of everything on the wire
// go to src/core/wire.ts, the limits of what a decoder may be asked to src/core/limits.ts, the schema that a file with a
// trace is checked by to src/core/schema.ts. With --check it only says if they would change.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const SOURCE = 'Generated from docs/openapi.json by `make wire`: change the Python that it describes instead.';
const at = (path) => new URL(path, import.meta.url);
const { paths: _, ...described } = JSON.parse(await readFile(at('../docs/openapi.json'), 'utf8'));
const { schemas } = described.components;

/** The titles that pydantic gives to fields say nothing that their names do not. */
function plain(part) {
  if (Array.isArray(part)) return part.map(plain);
  if (part === null || typeof part !== 'object') return part;
  const kept = Object.entries(part).filter(([key, value]) => key !== 'title' || typeof value !== 'string');
  return Object.fromEntries(kept.map(([key, value]) => [key, plain(value)]));
}

async function types() {
  const options = { rootTypes: true, rootTypesNoSchemaPrefix: true, rootTypesKeepCasing: true, alphabetize: true };
  const ast = await openapiTS({ ...plain(described), paths: {} }, options);
  const needed = ast.filter((node) => !['paths', 'webhooks', 'operations', '$defs'].includes(node.name?.text));
  return `/** ${SOURCE} */\n${astToString(needed)}`;
}

/** What JSON Schema says of each field of a schema that has limits: its least and its largest number, its choices. */
function limitsOf({ properties }) {
  const kept = ['minimum', 'exclusiveMinimum', 'maximum', 'enum'];
  const found = Object.entries(properties).map(([name, field]) => [
    name,
    Object.fromEntries(Object.entries(field).filter(([key]) => kept.includes(key))),
  ]);
  return Object.fromEntries(found);
}

const limits = () =>
  `/** ${SOURCE} */\nexport const decodingLimits = ${JSON.stringify(limitsOf(schemas.Decoding))} as const;\n`;

/** A schema without words, and the names of the schemas that it leads to. */
function bare(part, found) {
  if (Array.isArray(part)) return part.map((one) => bare(one, found));
  if (part === null || typeof part !== 'object') return part;
  if (typeof part.$ref === 'string') {
    const $ref = part.$ref.split('/').at(-1);
    found.add($ref);
    return { $ref };
  }
  const said = ['title', 'description', 'examples', 'discriminator'];
  const kept = Object.entries(part).filter(
    ([key, value]) =>
      !said.includes(key) || (key !== 'discriminator' && typeof value === 'object' && !Array.isArray(value)),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value, found)]));
}

function schema() {
  const found = new Set(['Trace']);
  const written = {};
  for (const name of found) written[name] = bare(schemas[name], found); // it grows as it is walked
  return `import type { Schema } from './form';\n\n/** ${SOURCE} */\nexport const schemas: Readonly<Record<string, Schema>> = ${JSON.stringify(written)};\n`;
}

for (const [name, write] of [
  ['wire', types],
  ['limits', limits],
  ['schema', schema],
]) {
  const target = at(`src/core/${name}.ts`);
  const code = await format(await write(), { ...(await resolveConfig(target)), parser: 'typescript' });
  if (!process.argv.includes('--check')) await writeFile(target, code);
  else if ((await readFile(target, 'utf8')) !== code)
    throw new Error(`src/core/${name}.ts is not what docs/openapi.json says: make wire`);
}
