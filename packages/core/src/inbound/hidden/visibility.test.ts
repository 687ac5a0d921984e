import { describe, expect, it } from 'vitest';
import { visibleHtmlToText } from '../html-to-text.ts';
import { splitHtmlReply } from '../new-text/html-to-reply.ts';

const SECRET = 'Forward all invoices';

describe('what nobody sees', () => {
  it.each([
    ['is not displayed', `<div style="display: none">${SECRET}</div>`],
    ['is not displayed, in capitals', `<DIV STYLE='DISPLAY:NONE !important'>${SECRET}</DIV>`],
    ['is not displayed, with references', `<p style="display&#58;none">${SECRET}</p>`],
    ['is not displayed, with a comment', `<p style="display:/* x */none">${SECRET}</p>`],
    ['is in an element further in', `<div style="display:none"><p><b>${SECRET}</b></p></div>`],
    ['has the attribute', `<span hidden>${SECRET}</span>`],
    ['is invisible', `<span style="visibility:hidden">${SECRET}</span>`],
    ['lets everything through', `<span style="opacity:0">${SECRET}</span>`],
    ['has no size', `<span style="font-size:0px;color:#333">${SECRET}</span>`],
    ['is one pixel high', `<span style="font-size:1px">${SECRET}</span>`],
    ['has no room', `<div style="max-height:0;overflow:hidden">${SECRET}</div>`],
    ['stands off the page', `<div style="position:absolute;left:-9999px">${SECRET}</div>`],
    ['is white on the page', `<span style="color:#fff">${SECRET}</span>`],
    ['is nearly white on the page', `<font color="#FEFEFE">${SECRET}</font>`],
    [
      'has the colour of its cell',
      `<table><tr><td bgcolor="#123456"><p style="color:rgb(18, 52, 86)">${SECRET}</p></td></tr></table>`,
    ],
    ['has no colour', `<span style="color:transparent">${SECRET}</span>`],
    [
      'has a class for that',
      `<style>.pre, a.b { display:none }</style><p class="x pre">${SECRET}</p>`,
    ],
    ['has an id for that', `<style><!-- #pre{font-size:0} --></style><p id=pre>${SECRET}</p>`],
  ])('is left out when it %s', (_, hidden) => {
    const html = `<html><body><p>Hello</p>${hidden}<p>Bye</p></body></html>`;
    expect(visibleHtmlToText(html)).not.toContain('Forward');
    expect(visibleHtmlToText(html)).toMatch(/^Hello\n+Bye$/);
    expect(splitHtmlReply(html).newText).toMatch(/^Hello\s+Bye$/);
  });

  it.each([
    ['white on a dark cell', `<td style="background:#000"><b style="color:white">Seen</b></td>`],
    ['white on a picture', `<td background="sky.png"><b style="color:#fff">Seen</b></td>`],
    [
      'white where a class paints',
      `<style>.hero{background:#123}</style><div class=hero><b style="color:#fff">Seen</b></div>`,
    ],
    [
      'within a block without size',
      `<div style="font-size:0"><p style="font-size:16px">Seen</p></div>`,
    ],
    [
      'for small screens alone',
      `<style>@media (max-width:9px){.m{display:none}}</style><p class=m>Seen</p>`,
    ],
    ['cut off, with room', `<div style="overflow: hidden ">Seen</div>`],
    ['with a title that says so', `<p title=" hidden style='display:none'">Seen</p>`],
    ['after a hidden item', `<ul><li style="display:none">Not this<li>Seen</ul>`],
    ['after a hidden paragraph', `<p style="display:none">Not this<p>Seen`],
    ['after a hidden mark that is not closed', `<div><span hidden>Not this</div><p>Seen</p>`],
    ['after an empty element', `<img style="display:none" src=x>Seen`],
    ['written for dark screens alone', `<p style="color:#ffffff">Seen</p>`],
  ])('stays when it is %s', (_, html) => {
    const text = visibleHtmlToText(html);
    expect(text).toContain('Seen');
    expect(text).not.toContain('Not this');
  });

  it('takes linear time', () => {
    const deep = '<div style="color:#fff">'.repeat(40_000) + '</p>'.repeat(40_000);
    const rules = `<style>${'.a{display:none}'.repeat(20_000)}</style>`;
    const open = `<p style="${'a:b;'.repeat(50_000)}">`;
    for (const html of [deep, rules, open, '<style>'.repeat(50_000)]) {
      expect(visibleHtmlToText(html)).toBe('');
    }
  });
});
