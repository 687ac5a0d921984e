interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** As much of a JSON Schema validator as the schemas of this repository need. */
export function fitsSchema(given: object, value: unknown): boolean {
  const schema = given as Schema;
  if (schema.anyOf !== undefined && !schema.anyOf.some((each) => fitsSchema(each, value))) {
    return false;
  }
  if (schema.const !== undefined && schema.const !== value) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) return false;
  if (typeof value === 'string') return new RegExp(schema.pattern ?? '', 'u').test(value);
  if (typeof value === 'number') return fitsNumber(schema, value);
  if (Array.isArray(value)) {
    const { items = {}, minItems = 0 } = schema;
    return value.length >= minItems && value.every((item) => fitsSchema(items, item));
  }
  return typeof value !== 'object' || value === null || fitsObject(schema, value);
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function fitsNumber({ minimum, exclusiveMinimum, maximum }: Schema, value: number): boolean {
  return (
    value >= (minimum ?? -Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value <= (maximum ?? Infinity)
  );
}

function fitsObject(schema: Schema, value: object): boolean {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  return Object.entries(value).every(([name, item]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known !== undefined) return fitsSchema(known, item);
    if (typeof additionalProperties === 'boolean') return additionalProperties;
    return fitsSchema(additionalProperties, item);
  });
}
