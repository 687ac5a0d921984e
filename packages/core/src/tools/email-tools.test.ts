import { describe, expect, it } from 'vitest';
import { previewEmailTool } from './definitions/preview-email.ts';
import { sendEmailTool } from './definitions/send-email.ts';
import { EMAIL_TOOLS } from './email-tools.ts';
import type { EmailTool, PortableObject, PortableSchema } from './tool.ts';

const TOOLS: readonly EmailTool[] = EMAIL_TOOLS;
const PORTABLE_KEYS = new Set([
  'type',
  'description',
  'enum',
  'items',
  'properties',
  'required',
  'additionalProperties',
]);

describe.each(TOOLS.map((tool) => [tool.name, tool] as const))('%s', (_name, tool) => {
  it('has a name that every provider takes, also behind a server prefix', () => {
    expect(tool.name).toMatch(/^[a-z][a-z0-9_]{0,47}$/);
  });

  it('uses only the portable subset of JSON Schema', () => {
    for (const schema of schemasOf(tool.inputSchema)) {
      expect(Object.keys(schema).filter((key) => !PORTABLE_KEYS.has(key))).toEqual([]);
      expect(['object', 'string', 'integer', 'boolean', 'array']).toContain(schema.type);
      if (schema.type === 'array') expect(schema.items).toEqual({ type: 'string' });
      if (schema.type === 'object') expect(schema.additionalProperties).toBe(false);
    }
  });

  it('nests nothing but filter', () => {
    const nested = Object.entries(tool.inputSchema.properties).filter(
      ([, schema]) => schema.type === 'object',
    );
    expect(nested.map(([name]) => name).filter((name) => name !== 'filter')).toEqual([]);
    for (const [, schema] of nested) {
      if (schema.type !== 'object') continue;
      const deeper = Object.values(schema.properties).filter((each) => each.type === 'object');
      expect(deeper).toEqual([]);
    }
  });

  it('names arguments in snake_case and requires only what it has', () => {
    for (const schema of schemasOf(tool.inputSchema)) {
      if (schema.type !== 'object') continue;
      for (const name of Object.keys(schema.properties)) expect(name).toMatch(/^[a-z][a-z_]*$/);
      for (const name of schema.required ?? []) expect(schema.properties).toHaveProperty(name);
    }
  });

  it('describes itself and every argument in a few words', () => {
    expect(tool.description.length).toBeGreaterThan(40);
    expect(tool.description.length).toBeLessThanOrEqual(320);
    for (const schema of schemasOf(tool.inputSchema).slice(1)) {
      expect(schema.description?.length ?? 0).toBeGreaterThan(8);
      expect(schema.description?.length ?? 0).toBeLessThanOrEqual(130);
    }
  });

  it('uses plain characters', () => {
    expect(JSON.stringify(tool)).toMatch(/^[\x20-\x7e]*$/);
  });
});

describe('the table', () => {
  it('gives preview_email every argument of send_email that shapes the content', () => {
    const preview = Object.keys(previewEmailTool.inputSchema.properties);
    const send = Object.keys(sendEmailTool.inputSchema.properties);
    expect(send.filter((name) => !preview.includes(name))).toEqual(['idempotency_key', 'revises']);
  });

  it('has no name twice', () => {
    expect(new Set(TOOLS.map((tool) => tool.name)).size).toBe(TOOLS.length);
  });

  it('gives an agent nothing that decides (P3)', () => {
    const decides = TOOLS.filter((tool) => tool.effect === 'decide');
    expect(decides.map((tool) => tool.principals)).toEqual([['reviewer']]);
    const names = TOOLS.filter((tool) => tool.principals.includes('agent')).map((t) => t.name);
    expect(names.filter((name) => /approve|decide|unsuppress|lift|mode|policy/.test(name))).toEqual(
      [],
    );
  });

  it('costs a model less than 3,200 tokens, at four characters each', () => {
    // What one handle gives: no model is given the tools of both.
    const bytes = (kind: 'agent' | 'reviewer') =>
      JSON.stringify(
        TOOLS.filter(({ principals }) => principals.includes(kind)).map(
          ({ name, description, inputSchema }) => ({ name, description, inputSchema }),
        ),
      ).length;
    expect(bytes('agent')).toMatchInlineSnapshot(`12227`);
    expect(bytes('agent') / 4).toBeLessThan(3_200);
    expect(bytes('reviewer') / 4).toBeLessThan(1_000);
  });
});

function schemasOf(schema: PortableObject): readonly PortableSchema[] {
  return [
    schema,
    ...Object.values(schema.properties).flatMap((each) =>
      each.type === 'object' ? schemasOf(each) : [each],
    ),
  ];
}
