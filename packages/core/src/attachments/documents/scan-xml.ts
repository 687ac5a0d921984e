import { unreadable } from '../unreadable.ts';

/** What {@link scanXml} tells of, in the order of the document. */
export interface XmlListener {
  /** `name` has no prefix; `attribute` gives an attribute's value by its name without a prefix. */
  open(name: string, attribute: (name: string) => string | undefined): void;
  close(name: string): void;
  text(text: string): void;
}

/** Elements within each other; documents of people have some dozen. */
const MAX_DEPTH = 400;

/**
 * Reads XML once, from front to end. A DTD is refused, so there are no entities but the five of XML
 * and numbers: nothing can grow, and nothing is fetched. Throws `ATTACHMENT_UNREADABLE`.
 */
export function scanXml(xml: string, listener: XmlListener): void {
  const open: string[] = [];
  for (let at = 0; at < xml.length; ) {
    const start = xml.indexOf('<', at);
    const end = start < 0 ? xml.length : start;
    if (end > at) listener.text(decode(xml.slice(at, end)));
    if (start < 0) break;
    at = readMarkup(xml, start, open, listener);
  }
  if (open.length > 0) throw damaged('it ends too early');
}

function readMarkup(xml: string, at: number, open: string[], listener: XmlListener): number {
  if (xml.startsWith('<!--', at)) return after(xml, '-->', at + 4);
  if (xml.startsWith('<?', at)) return after(xml, '?>', at + 2);
  if (xml.startsWith('<![CDATA[', at)) {
    const end = after(xml, ']]>', at + 9);
    listener.text(xml.slice(at + 9, end - 3));
    return end;
  }
  if (xml.startsWith('<!', at)) throw damaged('it declares a document type, which no document has');
  const end = endOfTag(xml, at + 1);
  const tag = xml.slice(at + 1, end - 1);
  if (tag.startsWith('/')) {
    const name = localName(tag.slice(1));
    if (open.pop() !== name) throw damaged('its elements do not nest');
    listener.close(name);
    return end;
  }
  const name = localName(tag);
  listener.open(name, (wanted) => findAttribute(tag, wanted));
  if (tag.endsWith('/')) listener.close(name);
  else if (open.push(name) > MAX_DEPTH) throw damaged('its elements nest too deeply');
  return end;
}

/** After the `>` that stands outside of quotes. */
function endOfTag(xml: string, from: number): number {
  let quote = 0;
  for (let at = from; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return at + 1;
  }
  throw damaged('a tag does not end');
}

function localName(tag: string): string {
  const [, name] = /^(?:[\w.-]{1,100}:)?([\w.-]{1,100})(?=[\s/]|$)/.exec(tag) ?? [];
  if (name === undefined) throw damaged('an element has no name');
  return name;
}

function findAttribute(tag: string, wanted: string): string | undefined {
  // Only for the short tags of formatting.
  const found = new RegExp(`[\\s:]${wanted}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(
    tag.slice(0, 2_000),
  );
  return found?.[1] ?? found?.[2];
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g,
    (written, hex, decimal, name) => {
      if (name !== undefined) return NAMED.get(name) ?? written;
      const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
      return code > 0x10ffff ? written : String.fromCodePoint(code);
    },
  );
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw damaged('it ends too early');
  return at + mark.length;
}

function damaged(what: string) {
  return unreadable('damaged', `Its XML is damaged: ${what}.`);
}
