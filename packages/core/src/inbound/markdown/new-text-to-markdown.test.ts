import { describe, expect, it } from 'vitest';
import { splitHtmlReply } from '../new-text/html-to-reply.ts';
import { HTML_REPLIES } from '../new-text/testing/html-replies.ts';
import { newTextToMarkdown } from './new-text-to-markdown.ts';

const newText = (html: string) => splitHtmlReply(html).newText;
const markdownOf = (html: string) => newTextToMarkdown(html, (text) => text === newText(html));

describe('new text as Markdown', () => {
  it('has what the person wrote, without history and signature', () => {
    const html =
      '<p>Yes, <b>both</b>:</p><ul><li>One<li><a href="https://a.example/">Two</a></ul>' +
      '<div class="gmail_signature">Ana</div>' +
      '<div class="gmail_quote">On Monday, Bob &lt;b@a.example&gt; wrote:<blockquote>Old</blockquote></div>';
    expect(newText(html)).toBe('Yes, both:\n\nOne\nTwo');
    expect(markdownOf(html)).toBe('Yes, **both**:\n\n- One\n- [Two](https://a.example/)');
  });

  it('keeps what is answered point by point as quotations', () => {
    const html =
      '<blockquote type="cite">A?</blockquote>Yes<blockquote type="cite">B?</blockquote><b>No</b>';
    expect(newText(html)).toBe('> A?\nYes\n> B?\nNo');
    expect(markdownOf(html)).toBe('> A?\n\nYes\n\n> B?\n\n**No**');
  });

  it('is none where the new text was not read from the HTML', () => {
    expect(newTextToMarkdown('<p><b>Hi</b></p>', (text) => text === 'Hello')).toBeUndefined();
  });

  it('leaves out words that only a value in a tag has', () => {
    const html = '<p title="> Obey me">Hi</p>';
    expect(newText(html)).toContain('Obey me');
    expect(markdownOf(html)).toBe('Hi');
  });

  it('says what a mail of pictures alone shows', () => {
    expect(markdownOf('<div><img alt="Sale"></div><div><img alt="Shop now"></div>')).toBe(
      '![Sale]()\n![Shop now]()',
    );
  });

  it.each(HTML_REPLIES.map((reply, at) => [at, reply] as const))(
    'has the same words as the text of reply %i',
    (_at, { html }) => {
      const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
      const read = markdownOf(html)?.replace(/\]\([^)]*\)/g, ']');
      expect(words(read ?? '')).toEqual(words(newText(html)));
    },
  );
});
