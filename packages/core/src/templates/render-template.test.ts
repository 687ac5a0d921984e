import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexMarkdown } from '../compose/lex-markdown.ts';
import { renderMarkdown } from '../compose/render-markdown.ts';
import { splitAtFooter } from '../compose/split-at-footer.ts';
import type { TemplateOptions } from '../options.ts';
import { renderTemplate } from './render-template.ts';

const TEMPLATE: TemplateOptions = {
  id: 'order',
  subject: 'Order {{ order }} for {{ name }}',
  body: 'Hi {{ name }},\n\n**{{ count }}** item{% if count != 1 %}s{% endif %}: [track]({{ link }})',
  variables: { name: 'text', order: 'text', count: 'number', link: 'url' },
};
const VALUES = { name: 'Ana', order: 'A-100', count: '2', link: 'https://acme.example/t?id=7' };

describe('renderTemplate', () => {
  it('fills in text, numbers and URLs', () => {
    expect(renderTemplate(TEMPLATE, VALUES)).toEqual({
      subject: 'Order A-100 for Ana',
      body: 'Hi Ana,\n\n**2** items: [track](https://acme.example/t?id=7)',
    });
    expect(renderTemplate(TEMPLATE, { ...VALUES, count: '1' }).body).toContain('**1** item:');
    expect(renderTemplate(TEMPLATE, { ...VALUES, count: '19.90' }).body).toContain(
      '**19.90** items',
    );
  });

  it.each([
    ['[x](https://evil.example)'],
    ['<a href="https://evil.example">x</a>'],
    ['https://evil.example'],
    ['www.evil.example'],
    ['# big'],
    ['1. list'],
    ['- list'],
    ['> quote'],
    ['**bold** _em_ ~~del~~ `code`'],
    ['&lt;b&gt; &#60;'],
    ['![x](https://evil.example/i.png)'],
    ['{{footer}}'],
    ['{% raw %}{{ name }}'],
    ['a | b'],
    ['back\\slash\\'],
    ["O'Brien & Söhne (GmbH) - 10:30"],
  ])('shows the value %j as it is', (name) => {
    const { text, html } = renderMarkdown(renderTemplate(TEMPLATE, { ...VALUES, name }).body);
    expect(text.split('\n')[0]).toBe(`Hi ${name},`);
    expect(html.match(/<(?!\/)[^>]*>/g)).toEqual([
      '<p>',
      '<p>',
      '<strong>',
      '<a href="https://acme.example/t?id=7">',
    ]);
  });

  it('keeps the structure of the approved text, whatever the values are', () => {
    const template: TemplateOptions = {
      id: 't',
      subject: '{{ a }}{{ b }}',
      body: '{{ a }}{{ b }}\n\n# {{ a }}\n\n- {{ b }}{{ a }}\n\n| {{ a }} | x |\n|---|---|\n| 1 | {{ b }} |\n\n[{{ a }}](https://acme.example) x {{ b }}',
      variables: { a: 'text', b: 'text' },
    };
    const shape = (html: string) => html.match(/<[^>]*>/g);
    const usual = renderTemplate(template, { a: 'x', b: 'y' });
    const piece = fc.constantFrom(
      'ww',
      'w.',
      'http',
      's:',
      '//',
      '://',
      'e.example',
      '1',
      '.',
      ')',
      ' ',
      '\n',
      '\n\n',
      '-',
      '*',
      '_',
      '[',
      ']',
      '(',
      '#',
      '>',
      '|',
      '`',
      '<',
      '&',
      'lt;',
      '\\',
      '!',
      '~',
      '=',
      '+',
      '{{',
      '}}',
      ':',
      'x',
      '\t',
      '    ',
    );
    const value = fc
      .array(piece, { minLength: 1, maxLength: 8 })
      .map((pieces) => pieces.join(''))
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(value, value, (a, b) => {
        const { subject, body } = renderTemplate(template, { a, b });
        expect(shape(renderMarkdown(body).html)).toEqual(shape(renderMarkdown(usual.body).html));
        expect(subject).not.toMatch(/[\r\n\t]/);
        expect(splitAtFooter(lexMarkdown(body)).found).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a subject on one line', () => {
    const { subject } = renderTemplate(TEMPLATE, { ...VALUES, name: 'A\r\nBcc: eve@example.com' });
    expect(subject).toBe('Order A-100 for A Bcc: eve@example.com');
  });

  it('leaves a {{footer}} line for the renderer of bodies', () => {
    const body = 'Hi\n\n  {{ footer }}\n\nPS';
    const filled = renderTemplate({ id: 'f', subject: 's', body }, {}).body;
    expect(filled).toBe('Hi\n\n  {{footer}}\n\nPS');
    expect(splitAtFooter(lexMarkdown(filled)).found).toBe(true);
  });

  it.each([
    ['a missing one', { name: 'Ana', order: '1', count: '2' }, 'link is missing'],
    ['an unknown one', { ...VALUES, nmae: 'Ana' }, '"nmae" is not one of them'],
    ['an empty text', { ...VALUES, name: ' ' }, 'name is no text'],
    ['a number in words', { ...VALUES, count: 'two' }, 'count is no number'],
    ['an exponent', { ...VALUES, count: '1e9' }, 'count is no number'],
    ['a script URL', { ...VALUES, link: 'javascript:alert(1)' }, 'link is no url'],
    ['a relative URL', { ...VALUES, link: '/t' }, 'link is no url'],
    ['a URL with a space', { ...VALUES, link: 'https://a.example/ [x](y)' }, 'link is no url'],
    ['a text over 2,000 characters', { ...VALUES, name: 'x'.repeat(2001) }, 'name is no text'],
  ])('refuses %s and lists the valid ones', (_what, variables, problem) => {
    const run = () => renderTemplate(TEMPLATE, variables);
    expect(run).toThrow(expect.objectContaining({ code: 'TEMPLATE_VARIABLES' }));
    expect(run).toThrow('name (text), order (text), count (number), link (url)');
    expect(run).toThrow(problem);
  });

  it.each([
    ['2026-05-07', 'May 7, 2026'],
    ['2026-05-07T23:30:00Z', 'May 7, 2026'],
    ['2026-05-07T23:30-02:00', 'May 8, 2026'],
    ['2028-02-29', 'February 29, 2028'],
  ])('writes the date %s as the template says, in UTC', (when, written) => {
    const template: TemplateOptions = {
      id: 'd',
      subject: 's',
      body: '{{ when | date: "%B %-d, %Y" }}',
      variables: { when: 'date' },
    };
    expect(renderTemplate(template, { when }).body).toBe(written);
  });

  it.each([
    'tomorrow',
    '2026-02-30',
    '2026-13-01',
    '07.05.2026',
    '2026-05-07T10:30',
    '2026-05-07 [x](https://evil.example)',
    '2026-05-07\nlast chance',
  ])('refuses the date %j', (when) => {
    const template: TemplateOptions = {
      id: 'd',
      subject: 's',
      body: '{{ when }}',
      variables: { when: 'date' },
    };
    expect(() => renderTemplate(template, { when })).toThrow('when is no date');
  });

  it('accepts a text of exactly 2,000 characters', () => {
    expect(renderTemplate(TEMPLATE, { ...VALUES, name: 'x'.repeat(2000) }).body).toContain('xxx');
  });

  it('reads own properties only', () => {
    const inherited = Object.assign(Object.create({ name: 'Ana' }), {
      order: '1',
      count: '2',
      link: VALUES.link,
    });
    expect(() => renderTemplate(TEMPLATE, inherited)).toThrow('name is missing');
    const odd = JSON.parse(
      `{"__proto__":"x","name":"Ana","order":"1","count":"2","link":"${VALUES.link}"}`,
    );
    expect(() => renderTemplate(TEMPLATE, odd)).toThrow('"__proto__" is not one of them');
    const reach: TemplateOptions = {
      id: 'r',
      subject: 's',
      body: '{{ a.constructor.name }}',
      variables: { a: 'text' },
    };
    expect(() => renderTemplate(reach, { a: 'x' })).toThrow('undefined variable');
  });

  it('encodes a URL so that it stays one link', () => {
    const link = 'https://acme.example/a_(b)*c*~d?x=[1]&y="q"#z!';
    const { body } = renderTemplate(TEMPLATE, { ...VALUES, link });
    const bare = { ...TEMPLATE, body: 'see {{ link }} and {{ name }} {{ order }} {{ count }}' };
    const encoded = 'https://acme.example/a%5F%28b%29%2Ac%2A%7Ed?x=%5B1%5D&y=%22q%22#z%21';
    expect(body).toContain(`[track](${encoded})`);
    expect(renderMarkdown(renderTemplate(bare, { ...VALUES, link }).body).html).toContain(
      `<a href="${encoded.replace('&', '&amp;')}">`,
    );
  });

  it.each([
    ['an undeclared variable', '{{ nobody }}'],
    ['an unknown filter', '{{ name | shout }}'],
    ['broken Liquid', '{% if name %}'],
    ['a file', "{% render '../../etc/passwd' %}"],
    ['a file by include', "{% include 'package.json' %}"],
    ['a loop without an end', '{% for i in (1..100000000) %}{{ i }}{% endfor %}'],
  ])('refuses a template with %s', (_what, body) => {
    const template = { ...TEMPLATE, body };
    expect(() => renderTemplate(template, VALUES)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });

  it('does not let a raw filter undo the escaping', () => {
    const raw = {
      ...TEMPLATE,
      body: '{{ name | raw }} {{ name | upcase | raw }} {% echo name | raw %}',
    };
    const { body } = renderTemplate(raw, { ...VALUES, name: '<b>' });
    expect(body).toBe('\\<b\\> \\<B\\> \\<b\\>');
  });
});
