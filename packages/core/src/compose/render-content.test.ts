import { describe, expect, it } from 'vitest';
import { type RenderInput, renderContent } from './render-content.ts';
import { fillSlots, maskSlots, slot } from './slots.ts';

const NONCE = '0192f0c1-7f6e-7abc-8def-0123456789ab';
const SLOT = slot('unsubscribe', NONCE);
const MARKETING: RenderInput = {
  subject: 'Spring',
  body: 'Hi Ana,\n\nnew things.',
  category: 'marketing',
  mailboxAddress: 'news@acme.example',
  sender: {
    id: 'acme',
    legalName: 'Acme & Sons <Inc.>',
    postalAddress: '123 Main St\nSan Francisco CA 94105',
  },
  topic: 'product-news',
  publicUrl: 'https://mail.acme.example/mail',
  nonce: NONCE,
};

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('renderContent', () => {
  it('ends marketing with legal name, postal address and one unsubscribe link in both parts', () => {
    const { text, html, hasFooter, notices } = renderContent(MARKETING);
    expect(text).toBe(
      'Hi Ana,\n\nnew things.\n\n----------\n' +
        'Sent by Acme & Sons <Inc.> from news@acme.example. Topic: product-news.\n' +
        `123 Main St\nSan Francisco CA 94105\nUnsubscribe: ${SLOT}\n`,
    );
    expect(html).toContain('Sent by Acme &amp; Sons &lt;Inc.&gt; from news@acme.example.');
    expect(html).toContain('123 Main St<br>\nSan Francisco CA 94105<br>');
    expect(html).toContain(`<a href="${SLOT}">Unsubscribe</a></p>\n</body>\n</html>\n`);
    expect(count(html, SLOT)).toBe(1);
    expect({ hasFooter, notices }).toEqual({ hasFooter: true, notices: [] });
  });

  it.each([
    ['a paragraph of its own', 'Hi\n\n{{footer}}\n\nPS: bye'],
    ['a line within a paragraph', 'Hi\n  {{footer}}  \nPS: bye'],
  ])('places the footer at {{footer}} as %s', (_where, body) => {
    const { text, html } = renderContent({ ...MARKETING, body });
    expect(text).toMatch(/^Hi\n\n-{10}\nSent by [\s\S]*\]\]\n\nPS: bye\n$/);
    expect(html).toMatch(/<p>Hi<\/p>\n<hr>[\s\S]*Unsubscribe<\/a><\/p>\n<p>PS: bye<\/p>/);
    expect(text + html).not.toContain('{{footer}}');
  });

  it.each([
    ['fenced code', '```\n{{footer}}\n```'],
    ['indented code', 'a\n\n    {{footer}}'],
    ['a code span over lines', 'a `\n{{footer}}\n` b'],
    ['a quote', '> {{footer}}'],
    ['a list', '- a\n\n  {{footer}}'],
    ['a sentence', 'see {{footer}}'],
    ['emphasis', '**a\n{{footer}}\nb**'],
    ['a heading', '# {{footer}}'],
  ])('leaves {{footer}} in %s as text and puts the footer at the end', (_where, body) => {
    const { text, hasFooter } = renderContent({ ...MARKETING, body });
    expect(text).toContain('{{footer}}');
    expect(text).toMatch(/\]\]\n$/);
    expect(count(text, SLOT)).toBe(1);
    expect(hasFooter).toBe(true);
  });

  it('uses the first of two footer lines and leaves the second as text', () => {
    const { text } = renderContent({ ...MARKETING, body: 'a\n\n{{footer}}\n\nb\n\n{{footer}}' });
    expect(count(text, SLOT)).toBe(1);
    expect(text).toMatch(/b\n\n\{\{footer\}\}\n$/);
  });

  it('has no footer on other mail and says so when a footer line was removed', () => {
    const plain = renderContent({ ...MARKETING, category: 'conversational' });
    expect(plain).toMatchObject({
      hasFooter: false,
      notices: [],
      text: 'Hi Ana,\n\nnew things.\n',
    });
    const removed = renderContent({
      ...MARKETING,
      category: 'transactional',
      body: 'a\n{{footer}}',
    });
    expect(removed).toMatchObject({ hasFooter: false, text: 'a\n' });
    expect(removed.notices).toHaveLength(1);
  });

  it('has no footer when the sender or the public URL is missing', () => {
    const { sender, publicUrl, ...bare } = MARKETING;
    expect(renderContent({ ...bare, ...(sender && { sender }) }).hasFooter).toBe(false);
    expect(renderContent({ ...bare, ...(publicUrl && { publicUrl }) }).hasFooter).toBe(false);
    const noAddress = { id: 'a', legalName: 'Acme', postalAddress: ' \n ' };
    expect(renderContent({ ...MARKETING, sender: noAddress }).hasFooter).toBe(false);
  });

  it('gives the author no way to place a slot', () => {
    expect(() => renderContent({ ...MARKETING, body: `see ${SLOT}` })).toThrow('nonce');
    const guess = slot('unsubscribe', NONCE.replace('ab', 'cd'));
    const { text } = renderContent({ ...MARKETING, body: `see ${guess}` });
    const filled = fillSlots(text, NONCE, { unsubscribe: 'https://a.example/u/t' });
    expect(filled).toContain(guess);
    expect(count(filled, 'https://a.example/u/t')).toBe(1);
  });

  it('shows a masked link where people look', () => {
    const { text, html } = renderContent(MARKETING);
    expect(maskSlots(text, NONCE)).toContain('Unsubscribe: https://…/u/•••');
    expect(maskSlots(html, NONCE)).not.toContain(NONCE);
  });

  it('replaces lone surrogates and controls, so that storage returns what was approved', () => {
    const { text, html } = renderContent({
      ...MARKETING,
      subject: 'a\ud800',
      body: 'b\udc00\0\u001b',
    });
    expect(text).toMatch(/^b\ufffd\ufffd\ufffd\n/);
    expect(Buffer.from(html, 'utf8').toString('utf8')).toBe(html);
  });

  it('ends answers, and nothing else, with the words that a machine writes', () => {
    const disclosure = 'Written by Acme’s <AI> assistant.';
    const answer = { ...MARKETING, disclosure, category: 'conversational' } as const;
    const { text, html } = renderContent(answer);
    expect(text).toBe(`Hi Ana,\n\nnew things.\n\n${disclosure}\n`);
    expect(html).toContain(
      '<p style="font-size:small">Written by Acme’s &lt;AI&gt; assistant.</p>',
    );
    expect(renderContent({ ...MARKETING, disclosure }).text).not.toContain(disclosure);
  });

  it('renders an empty body', () => {
    expect(renderContent({ ...MARKETING, body: '', category: 'conversational' }).text).toBe('\n');
  });
});
