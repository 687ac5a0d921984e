import { describe, expect, it } from 'vitest';
import type { TemplateOptions } from '../options.ts';
import { findTemplateFault } from './check-template.ts';

const TEMPLATE: TemplateOptions = {
  id: 'order',
  subject: 'Order {{ order }}',
  body: '{% assign who = name %}Hi {{ who }}{% for i in (1..2) %}{{ i }}{% endfor %}\n\n{{footer}}',
  variables: { name: 'text', order: 'text' },
};

describe('findTemplateFault', () => {
  it('accepts declared variables, own assignments and a footer line', () => {
    expect(findTemplateFault(TEMPLATE)).toBeUndefined();
  });

  it.each([
    ['an undeclared variable', { body: '{{ nobody }}' }, 'uses nobody without declaring it'],
    ['one in the subject', { subject: '{{ nobody }}' }, 'uses nobody without declaring it'],
    ['a footer within a line', { body: 'see {{footer}}' }, 'uses footer without declaring it'],
    ['broken Liquid', { body: '{% if name %}' }, 'cannot be rendered'],
    ['an unknown filter', { body: '{{ name | shout }}' }, 'undefined filter: shout'],
  ])('finds %s', (_what, change, fault) => {
    expect(findTemplateFault({ ...TEMPLATE, ...change })).toContain(fault);
  });
});
