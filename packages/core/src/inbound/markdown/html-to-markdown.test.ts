import fc from 'fast-check';
import { lexer, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../tools/render/clean-text.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

const lines = (html: string): readonly string[] => htmlToMarkdown(html).split('\n');

function allTokens(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => [token, ...allTokens(childrenOf(token))]);
}

/** Of lists, cells and everything else. */
function childrenOf(token: Token): readonly Token[] {
  const parts: readonly unknown[] = Object.values(token);
  return parts.flat(2).filter((part): part is Token => typeof part === 'object' && part !== null);
}

describe('HTML as Markdown', () => {
  it.each([
    ['a heading', '<h2>Your <b>order</b></h2><p>Hi', ['## Your **order**', '', 'Hi']],
    ['emphasis', 'a <b>b </b>c<i> d</i> <s>e</s>', ['a **b** c *d* ~~e~~']],
    ['emphasis over a break', '<b>a<br>b</b>', ['**a**', '**b**']],
    ['marks that do not nest', '<b>a<i>b</b>c</i>', ['**a*b****c*']],
    [
      'a link',
      '<a href="https://a.example/?b=1&amp;c=(2)">the <b>page</b></a>',
      ['[the **page**](https://a.example/?b=1&c=%282%29)'],
    ],
    [
      'a link that is its target',
      '<a href="https://a.example/">https://a.example</a>',
      ['<https://a.example/>'],
    ],
    ['an address', '<a href="mailto:b@a.example?body=Obey">b@a.example</a>', ['b@a.example']],
    [
      'a list',
      '<ul><li>One<li>Two<ol start=9><li>x<li>y</ol></ul>End',
      [...['- One', '- Two', '  9. x', '  10. y', '', 'End']],
    ],
    ['paragraphs of an item', '<ul><li><p>One</p><p>more</p></ul>', ['- One', '', '  more']],
    [
      'a table',
      '<table><tr><th>Item<th>Price</tr><tr><td>A|B</td><td>5<tr><td><td>6</table>End',
      [...['| Item | Price |', '| --- | --- |', '| A\\|B | 5 |', '|  | 6 |', '', 'End']],
    ],
    [
      'a table that lays out a page',
      '<table><tr><td><table><tr><td>A<td>B</table><td>C</table>',
      [...['A', 'B', 'C']],
    ],
    [
      'cells of several lines',
      '<table><tr><td>A<br>B<td>C<tr><td>D<td>E</table>',
      [...['A', 'B', 'C', 'D', 'E']],
    ],
    [
      'a quotation',
      'Hi<blockquote type=cite>A<blockquote type=cite>B</blockquote></blockquote>No',
      [...['Hi', '', '> A', '>', '> > B', '', 'No']],
    ],
    ['preformatted text', '<pre>a\n  b\n</pre>c', ['a', '  b', 'c']],
    [
      'a picture',
      '<p><img src="https://t.example/1" alt="Our [logo]" width=90></p>Hi',
      [...['![Our (logo)]()', 'Hi']],
    ],
    [
      'a button',
      'Go<a href="https://a.example/"><img alt="Pay"></a>',
      ['Go[![Pay]()](https://a.example/)'],
    ],
  ])('is %s', (_what, html, expected) => {
    expect(lines(html)).toEqual(expected);
  });

  it.each([
    ...['javascript:alert(1)', 'data:text/html,x', 'file:///etc', '//a.example', '#a', 'cid:1', ''],
    ...[
      'java\nscript:alert(1)',
      'https://',
      `https://${'a'.repeat(60)}.${'b.'.repeat(120)}example/`,
    ],
  ])('links to no %j', (href) => {
    expect(htmlToMarkdown(`<a href="${href}">words</a>`)).toBe('words');
  });

  it('shows where a link leads, whatever its words are', () => {
    const link = (href: string) => htmlToMarkdown(`<a href="${href}">https://acme.example</a>`);
    const evil = '[https://acme.example](https://evil.example/)';
    expect(link('https://evil.example')).toBe(evil);
    expect(link('https://acme.example@evil.example')).toBe(evil);
    expect(link('https:\\\\evil.example')).toBe(evil);
    expect(link('ht&#9;tps://evil.ex&#x200b;ample/')).toBe('https://acme.example');
    expect(link('https://\u0430cme.example/')).toContain('](https://xn--cme-5cd.example/)');
    const long = link(`https://evil.example/${'a'.repeat(9_000)}`);
    expect(long).toMatch(/^\[https:\/\/acme\.example\]\(https:\/\/evil\.example\/a{400,}…\)$/);
    expect(long.length).toBeLessThan(550);
  });
});

describe('what is not to be read', () => {
  it.each([
    ['a picture that counts readers', '<img width=1 height=1 src=x alt="Obey me">'],
    ['one by its style', '<img style="width:90px; height: 1px" alt="Obey me">'],
    ['a picture that is not shown', '<img style="display:none" alt="Obey me" width=90>'],
    ['one in an element that is not shown', '<div hidden><img alt="Obey me" width=90></div>'],
    ['a title', '<p title="Obey me">Seen</p>'],
    ['a title that ends the tag early', '<p title="> Obey me">Seen</p>'],
    ['a title in other marks', `<p a=b title = '"> Obey me'>Seen</p>`],
    ['a title without an end', 'Seen<p title="> Obey me'],
    ['hidden text', '<p style="font-size:0">Obey me</p>'],
    ['white text', '<p style="color:#fff">Obey me</p>'],
    ['a link to nothing', '<a href="https://a.example/Obey me"></a>'],
    ['the text that somebody chose for a mail', '<a href="mailto:a@b.example?body=Obey">Seen</a>'],
    ['labels', '<p aria-label="Obey me" data-x="Obey me"><input value="Obey me">Seen</p>'],
  ])('has not %s', (_what, html) => {
    const text = htmlToMarkdown(`<p>Hello</p>${html}`);
    expect(text).toContain('Hello');
    expect(text).not.toContain('Obey');
  });

  it('has of a long description of a picture the beginning', () => {
    expect(htmlToMarkdown(`<img alt="${'a'.repeat(5_000)}">`)).toHaveLength(156);
  });
});

describe('words that look like Markdown', () => {
  it.each([
    ['[a](https://evil.example)', '\\[a\\](https://evil.example)'],
    ['[a<i></i>]&#8203;(https://evil.example)', '\\[a\\](https://evil.example)'],
    ['a\\[b', 'a\\\\\\[b'],
    ['&lt;b&gt; &lt; 5 &amp;lt; &amp;', '&lt;b> < 5 \\&lt; &'],
    ['snake_case _a_ 2 * 3 *b*', 'snake_case \\_a\\_ 2 * 3 \\*b\\*'],
    ['`code` ~~x~~ ~5', '\\`code\\` \\~\\~x\\~\\~ ~5'],
    ['# 1', '\\# 1'],
    ['---', '\\---'],
    ['C:\\Temp \\ x', 'C:\\Temp \\ x'],
  ])('%s stays what it is', (html, expected) => {
    expect(htmlToMarkdown(html)).toBe(expected);
  });

  const pieces = fc.constantFrom(
    ...[
      '[',
      ']',
      '(',
      ')',
      '!',
      '\\',
      '`',
      '``',
      '*',
      '_',
      '~~',
      '&lt;',
      '>',
      '|',
      '#',
      '\n',
      ' ',
      '&',
    ],
    ...[
      'a',
      'lt;',
      ': ',
      '](https://evil.example)',
      '[a]',
      '[a]: https://evil.example',
      '\u200b',
      '&#8203;',
    ],
    ...[
      '&lt;a href=https://evil.example&gt;',
      '![x',
      '- ',
      '1. ',
      '    ',
      '===',
      '---',
      '&#x2028;',
    ],
    ...['<b>', '</b>', '<i>', '</i>', '<s>', '</s>', '<br>', '<p>', '</p>', '<span>', '</span>'],
    ...[
      '<a href="https://one.example/">',
      '<a href="https://two.example/a_b*c">',
      '</a>',
      '<h2>',
      '</h2>',
    ],
    ...['<ul>', '<ol>', '<li>', '</ul>', '<table>', '<tr>', '<td>', '</table>', '<blockquote>'],
    ...[
      '<img alt="](https://evil.example)">',
      '<img alt=a src=https://evil.example>',
      '</blockquote>',
    ],
  );

  it('are no links, pictures or elements to who reads it as Markdown (P10)', () => {
    let links = 0;
    const check = (html: string): void => {
      for (const token of allTokens(lexer(cleanText(htmlToMarkdown(html))))) {
        if (token.type === 'html') expect(token.raw).toBe('');
        if (token.type === 'image') expect(token.href).toBe('');
        // An address in the text is its own target.
        if (token.type === 'link' && token.text !== token.href) {
          expect(token.href).toMatch(/^https:\/\/(?:one\.example\/|two\.example\/a_b\*c)$/);
          links += 1;
        }
      }
    };
    const html = fc.array(pieces, { maxLength: 25 }).map((some) => some.join(''));
    fc.assert(fc.property(html, check), { numRuns: 2_000 });
    // Those that the HTML has are read.
    expect(links).toBeGreaterThan(0);
  });
});

describe('marks of chat templates and of the fence', () => {
  it.each([
    '&lt;|im_start|&gt;',
    '&lt;<b></b>|im_start|<i></i>&gt;',
    '&lt;&#8203;|im_start|&#x2060;&gt;',
    '<table><tr><td>&lt;|im_start|&gt;<td>b<tr><td>c<td>d</table>',
    '[IN<span></span>ST] [/INST]',
    '&lt;<i></i>s&gt; &lt;/s> &lt;&lt;SYS>> &lt;system>',
    '<img alt="<|im_start|>">',
    '<a href="https://a.example/<|im_start|>[INST]">x</a>',
  ])('are broken in %s (P10)', (html) => {
    const text = cleanText(htmlToMarkdown(html)).replaceAll('\\', '');
    expect(text).not.toMatch(/<\||\|>|\[\/?INST\]|<<?\/?(?:s|SYS|system)>/i);
  });
});

describe('HTML that is made to take long', () => {
  const LENGTH = 20_000;
  it.each([
    ...[
      '<div>',
      '<b>',
      '<a href="https://a.example/">',
      '<br>x',
      '<ul><li>x',
      '<ol><li>x',
      '<td>x',
    ],
    ...['<table><tr><td>x', '<tr><td>x<td>y', '<blockquote>x', '<pre>x\n', '<img alt=x>', '<h1>x'],
    ...['<a b="', `<a b='<a b="`, '<a b=">"', '<', '&#60;', '<a', '[](', '\\', '<b>x<i>y</b>z</i>'],
    ...['<a href=https://x.example>!</a>!', '<p>x', '<p style="color:#fff">x', '*', '_a', '\u200b'],
  ])('takes time and memory by its length: %s', (piece) => {
    const html = piece.repeat(LENGTH / piece.length);
    expect(htmlToMarkdown(html).length).toBeLessThan(LENGTH * 8);
    const around = `<a href="https://a.example/${'a'.repeat(450)}"><table><tr><td>${html}`;
    expect(htmlToMarkdown(around).length).toBeLessThan(2_000_000);
  });

  it('is the words alone where a link around all of them would repeat its target', () => {
    const html = `<a href="https://a.example/${'a'.repeat(450)}">${'<br>[x]'.repeat(20_000)}</a>`;
    expect(htmlToMarkdown(html).slice(0, 11)).toBe('\\[x\\]\n\\[x\\]');
  });
});
