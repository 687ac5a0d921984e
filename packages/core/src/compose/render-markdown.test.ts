import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './render-markdown.ts';

const ALLOWED =
  /^<\/?(?:h[1-6]|p|pre|code|blockquote|hr|ul|ol(?: start="\d+")?|li|table|thead|tbody|tr|t[hd](?: align="(?:left|right|center)")?|strong|em|del|br|a(?: href="(?:https?:|mailto:)[^"<>\s]*")?)>$/i;

/** Fails when the HTML holds anything but the tags and attributes that this renderer writes. */
function expectOnlyAllowedTags(html: string): void {
  for (const [tag] of html.matchAll(/<[^>]*>?/g)) expect(tag).toMatch(ALLOWED);
}

describe('renderMarkdown', () => {
  it('makes both parts from emphasis, headings and hard line breaks', () => {
    expect(renderMarkdown('# Hello *Ana*\nfirst **line**\nsecond `x < y` ~~$20~~ $10')).toEqual({
      text: 'Hello Ana\n\nfirst line\nsecond x < y ~~$20~~ $10',
      html:
        '<h1>Hello <em>Ana</em></h1>\n<p>first <strong>line</strong><br>\n' +
        'second <code>x &lt; y</code> <del>$20</del> $10</p>',
    });
  });

  it.each([
    ['<b onclick="x()">hi</b>', '&lt;b onclick=&quot;x()&quot;&gt;hi&lt;/b&gt;'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<!-- hidden -->', '&lt;!-- hidden --&gt;'],
    ['a <img src=x onerror=y> b', 'a &lt;img src=x onerror=y&gt; b'],
    ['<pre>\nx\n</pre>', '&lt;pre&gt;<br>\nx<br>\n&lt;/pre&gt;'],
    ['Dear <first_name>', 'Dear &lt;first_name&gt;'],
  ])('shows the raw HTML %j as text', (body, html) => {
    expect(renderMarkdown(body)).toEqual({ text: body, html: `<p>${html}</p>` });
  });

  it('parses Markdown inside raw HTML, so that nothing hides in it', () => {
    expect(renderMarkdown('<div>\n**hi** [x](javascript:y)\n</div>').html).toBe(
      '<p>&lt;div&gt;<br>\n<strong>hi</strong> [x](javascript:y)<br>\n&lt;/div&gt;</p>',
    );
  });

  it('keeps http, https and mailto links and shows each target in the text part', () => {
    const { text, html } = renderMarkdown(
      '[shop](https://a.example/?x=1&y=2) <https://b.example> www.c.example [mail](mailto:d@e.example)',
    );
    expect(text).toBe(
      'shop (https://a.example/?x=1&y=2) https://b.example www.c.example mail (d@e.example)',
    );
    expect(html).toContain('<a href="https://a.example/?x=1&amp;y=2">shop</a>');
    expect(html).toContain('<a href="http://www.c.example">www.c.example</a>');
    expect(html).toContain('<a href="mailto:d@e.example">mail</a>');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](javascript&colon;alert(1))',
    '[x](java&#x73;cript:alert(1))',
    '[x](data:text/html,y)',
    '[x](vbscript:y)',
    '[x](file:///etc/passwd)',
    '[x](/relative)',
    '[x](//host.example)',
    '[x](<https://a b>)',
    '![x](cid:1)',
    '<javascript:alert(1)>',
    '<ftp://a.example>',
  ])('shows the link %j as it was written', (body) => {
    const { text, html } = renderMarkdown(body);
    expect(text).toBe(body);
    expect(html).not.toContain('<a');
  });

  it('does not render images but links to them', () => {
    expect(renderMarkdown('![logo](https://a.example/l.png)')).toEqual({
      text: 'logo (https://a.example/l.png)',
      html: '<p><a href="https://a.example/l.png">logo</a></p>',
    });
    expect(renderMarkdown('[![logo](https://a.example/l.png)](https://a.example)').html).toBe(
      '<p><a href="https://a.example">logo</a></p>',
    );
  });

  it('finds the end of a bare URL', () => {
    const { html } = renderMarkdown('(see https://a.example/b_(c)). Or **https://d.example**!');
    expect(html).toBe(
      '<p>(see <a href="https://a.example/b_(c)">https://a.example/b_(c)</a>). ' +
        'Or <strong><a href="https://d.example">https://d.example</a></strong>!</p>',
    );
  });

  it('resolves common character references in prose but not in code', () => {
    expect(renderMarkdown('AT&amp;T &#8364;5 &lt;b&gt; &unknown; &#0; `&amp;`')).toEqual({
      text: 'AT&T €5 <b> &unknown; &#0; &amp;',
      html: '<p>AT&amp;T €5 &lt;b&gt; &amp;unknown; &amp;#0; <code>&amp;amp;</code></p>',
    });
  });

  it('resolves the names of letters, and numbers that Windows meant', () => {
    expect(
      renderMarkdown('Gr&uuml;&szlig;e, &Eacute;t&eacute;, &lstrok;&oacute;d&zacute; &#146;').text,
    ).toBe('Grüße, Été, łódź ’');
  });

  it('writes nested lists, tasks and quotes as one would by hand', () => {
    const body = '- a\n- b\n  more\n  1. one\n  2. two\n\n> q1\n> q2\n\n- [x] done\n- [ ] open';
    expect(renderMarkdown(body).text).toBe(
      '- a\n- b\n  more\n  1. one\n  2. two\n\n> q1\n> q2\n\n- [x] done\n- [ ] open',
    );
    expect(renderMarkdown('3. c\n4. d').html).toBe('<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>');
    expect(renderMarkdown('- [x] **a**').html).toBe('<ul>\n<li>[x] <strong>a</strong></li>\n</ul>');
  });

  it('writes tables and code', () => {
    const { text, html } = renderMarkdown('| a | b |\n|---|--:|\n| 1 | *2* |\n\n```js\n<b>\n```');
    expect(text).toBe('a | b\n-----\n1 | 2\n\n    <b>');
    expect(html).toBe(
      '<table>\n<thead>\n<tr><th>a</th><th align="right">b</th></tr>\n</thead>\n<tbody>\n' +
        '<tr><td>1</td><td align="right"><em>2</em></td></tr>\n</tbody>\n</table>\n' +
        '<pre><code>&lt;b&gt;\n</code></pre>',
    );
  });

  it('refuses a body nested more than twenty levels deep', () => {
    expect(renderMarkdown(`${'>'.repeat(15)} a`).text).toContain('a');
    const lists = Array.from({ length: 200 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n');
    for (const body of ['>'.repeat(100_000), lists]) {
      expect(() => renderMarkdown(body)).toThrow(
        expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
      );
    }
  });

  it.each(['*a_b**c__', '[a](', '_a ', '`', '![', '<a@', 'a.b-', '!', 'http://a.', '[a]: x\n'])(
    'ends on a megabyte of %j',
    (piece) => {
      const body = piece.repeat(Math.floor(1_000_000 / piece.length));
      expectOnlyAllowedTags(renderMarkdown(body).html);
    },
  );

  it('keeps a paragraph over 10,000 characters as plain text with its line breaks', () => {
    const body = '**a** <b>\n'.repeat(1001).trim();
    const { text, html } = renderMarkdown(body);
    expect(text).toBe(body);
    expect(html).toBe(`<p>${body.replaceAll('<b>', '&lt;b&gt;').replaceAll('\n', '<br>\n')}</p>`);
  });

  it('writes no tag or attribute beside its own, whatever the body', () => {
    const markup = fc.constantFrom(
      ...['<', '>', '"', "'", '&', '[', ']', '(', ')', '!', '*', '_', '`', '~', '#', '|', '-'],
      ...['\n', ' ', '\\', ':', 'javascript:', 'https://a.example', '<a href="', '&quot;', '&#34;'],
      ...[
        '<script>',
        '</p>',
        'x',
        '1.',
        '\t',
        '```\n',
        'www.a.example',
        '](',
        '> ',
        '\u0000',
        '\r',
      ],
    );
    fc.assert(
      fc.property(fc.array(markup, { maxLength: 40 }), (pieces) => {
        expectOnlyAllowedTags(renderMarkdown(pieces.join('')).html);
      }),
      { numRuns: 1000 },
    );
  });
});
