// `npm run docs:policy` writes the JSON Schema of policy files; a test compares the two.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { POLICY } from '../../packages/core/src/options/policy-members.ts';

const path = join(import.meta.dirname, '../../packages/core/policy.schema.json');

/** The schema as it should be. */
export function renderPolicySchema(): string {
  const { properties, ...rest } = POLICY.schema as { readonly properties: object };
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Mailwarden policy',
    ...rest,
    properties: { $schema: { type: 'string' }, ...properties },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The schema as it is. */
export const readPolicySchema = (): Promise<string> => readFile(path, 'utf8');

if (process.argv[1] === import.meta.filename) await writeFile(path, renderPolicySchema());
