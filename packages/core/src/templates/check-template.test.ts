import { describe, expect, it } from 'vitest';
import type { TemplateOptions } from '../options.ts';
import { checkTemplate } from './check-template.ts';

const TEMPLATE: TemplateOptions = {
  id: 'order',
  subject: 'Order {{ order }}',
  body: '{% assign who = name %}Hi {{ who }}{% for i in (1..2) %}{{ i }}{% endfor %}\n\n{{footer}}',
  variables: { name: 'text', order: 'text' },
};

describe('checkTemplate', () => {
  it('accepts declared variables, own assignments and a footer line', () => {
    expect(() => checkTemplate(TEMPLATE)).not.toThrow();
  });

  it.each([
    ['an undeclared variable', { body: '{{ nobody }}' }],
    ['an undeclared variable in the subject', { subject: '{{ nobody }}' }],
    ['a footer within a line', { body: 'see {{footer}}' }],
    ['a type that does not exist', { variables: { name: 'string', order: 'text' } as never }],
    ['a category that does not exist', { category: 'service' as never }],
    ['broken Liquid', { body: '{% if name %}' }],
    ['an unknown filter', { body: '{{ name | shout }}' }],
  ])('refuses %s when the application starts', (_what, change) => {
    expect(() => checkTemplate({ ...TEMPLATE, ...change })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });
});
