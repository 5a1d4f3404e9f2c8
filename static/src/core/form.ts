/** What JSON Schema says of a value, as far as the wire's schemas say it. */
export interface Schema {
  $ref?: string;
  type?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  prefixItems?: readonly Schema[];
  minItems?: number;
  maxItems?: number;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  enum?: readonly unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  default?: unknown;
}

type Schemas = Readonly<Record<string, Schema>>;

/** Says in one sentence what is wrong with a document, and where. */
export class Unfit extends Error {}

const TYPES: Readonly<Record<string, [words: string, holds: (value: unknown) => boolean]>> = {
  number: ['a number', (value) => Number.isFinite(value)],
  integer: ['a whole number', (value) => Number.isSafeInteger(value)],
  string: ['a text', (value) => typeof value === 'string'],
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  array: ['a list', (value) => Array.isArray(value)],
  object: ['an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)],
  null: ['null', (value) => value === null],
};

function wordsOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'no finite number';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value.length > 20 ? `“${value.slice(0, 20)}…”` : `“${value}”`;
  return Object.values(TYPES).find(([, holds]) => holds(value))?.[0] ?? 'unknown';
}

function neededBy(schema: Schema, schemas: Schemas): string {
  const all = schema.anyOf ?? schema.oneOf;
  if (all) return all.map((one) => neededBy(one, schemas)).join(', or ');
  if (schema.$ref) return neededBy(schemas[schema.$ref] ?? {}, schemas);
  if (schema.const !== undefined) return wordsOf(schema.const);
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  const words = TYPES[schema.type ?? '']?.[0] ?? 'something else';
  const { minimum, exclusiveMinimum, maximum } = schema;
  const least =
    minimum !== undefined ? ` from ${minimum}` : exclusiveMinimum !== undefined ? ` over ${exclusiveMinimum}` : '';
  return `${words}${least}${maximum === undefined ? '' : ` to ${maximum}`}`;
}

const refuse = (value: unknown, schema: Schema, schemas: Schemas, place: string): never => {
  throw new Unfit(`${place} is ${wordsOf(value)}, and should be ${neededBy(schema, schemas)}`);
};

function holds(value: unknown, schema: Schema): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.type && !TYPES[schema.type]?.[1](value)) return false;
  if (typeof value !== 'number') return true;
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = schema;
  return value >= minimum && value > exclusiveMinimum && value <= maximum;
}

/** Choose among schemas the one that a value means: by its type, and by the `kind` of an object. */
function meant(value: unknown, choices: readonly Schema[], schemas: Schemas): Schema | undefined {
  const resolved = choices.map((one) => (one.$ref ? (schemas[one.$ref] ?? {}) : one));
  const flat = resolved.flatMap((one) =>
    (one.anyOf ?? one.oneOf ?? [one]).map((inner) => schemas[inner.$ref ?? ''] ?? inner),
  );
  const typed = flat.filter((one) => holds(value, one));
  if (typed.length < 2) return typed[0];
  const kind = (value as { kind?: unknown }).kind;
  return typed.find(({ properties }) => properties?.['kind']?.const === kind);
}

/**
 * Check a parsed document against a schema, and put in what it leaves out and the schema has a default for. Throws
 * Unfit at the first fault.
 */
export function fit(value: unknown, schema: Schema, schemas: Schemas, place: string): void {
  const { $ref, anyOf, oneOf } = schema;
  if ($ref) return fit(value, schemas[$ref] ?? {}, schemas, place);
  const choices = anyOf ?? oneOf;
  if (choices)
    return fit(value, meant(value, choices, schemas) ?? refuse(value, schema, schemas, place), schemas, place);
  if (!holds(value, schema)) refuse(value, schema, schemas, place);
  if (Array.isArray(value)) fitList(value, schema, schemas, place);
  else if (typeof value === 'object' && value !== null)
    fitObject(value as Record<string, unknown>, schema, schemas, place);
}

function fitList(list: readonly unknown[], schema: Schema, schemas: Schemas, place: string): void {
  const { items, prefixItems, minItems = 0, maxItems = Infinity } = schema;
  if (list.length < minItems || list.length > maxItems)
    throw new Unfit(`${place} has ${list.length} entries, and should have ${minItems}`);
  if (items?.type === 'number' && list.every(Number.isFinite)) return; // a trace is mostly rows of numbers
  list.forEach((entry, i) => {
    const own = prefixItems?.[i] ?? items;
    if (own) fit(entry, own, schemas, `${place}[${i}]`);
  });
}

function fitObject(object: Record<string, unknown>, schema: Schema, schemas: Schemas, place: string): void {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const at = (name: string) => (place ? `${place}.${name}` : name);
  for (const [name, own] of Object.entries(properties)) {
    if (Object.hasOwn(object, name)) fit(object[name], own, schemas, at(name));
    else if (own.default !== undefined) object[name] = structuredClone(own.default);
    else if (!place && own.anyOf?.some(({ type }) => type === 'null'))
      object[name] = null; // of a trace written before it had this
    else if (required.includes(name)) throw new Unfit(`${at(name)} is missing`);
  }
  for (const name of Object.keys(object).filter((name) => !Object.hasOwn(properties, name))) {
    if (additionalProperties === false) throw new Unfit(`${at(name)} is no field of a trace`);
    if (additionalProperties !== true) fit(object[name], additionalProperties, schemas, at(name));
  }
}
