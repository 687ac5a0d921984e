import { expect, it } from 'vitest';
import type { TemplateOptions } from '../options.ts';
import { templateHash } from './template-hash.ts';

const TEMPLATE: TemplateOptions = {
  id: 'order',
  subject: 'Order {{ order }}',
  body: 'Hi {{ name }}',
  category: 'transactional',
  variables: { name: 'text', order: 'text' },
};

it('changes with everything that a person approved, and with nothing else', () => {
  const hash = templateHash(TEMPLATE);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(templateHash({ ...TEMPLATE, variables: { order: 'text', name: 'text' } })).toBe(hash);
  const { category, ...bare } = TEMPLATE;
  expect(templateHash(bare)).toBe(templateHash({ ...bare, category: 'marketing' }));
  const changes: Partial<TemplateOptions>[] = [
    { id: 'order2' },
    { subject: 'Order' },
    { body: 'Hi {{ name }} ' },
    { category: 'marketing' },
    { variables: { name: 'text' } },
    { variables: { name: 'url', order: 'text' } },
  ];
  for (const change of changes) expect(templateHash({ ...TEMPLATE, ...change })).not.toBe(hash);
});
