import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Category } from '../policy/modes.ts';
import { escapeHtml } from './character-references.ts';
import { lexMarkdown } from './lex-markdown.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import { slot } from './slots.ts';
import { splitAtFooter } from './split-at-footer.ts';

/** What {@link renderContent} takes. */
export interface RenderInput {
  readonly subject: string;
  /** Markdown as the author wrote it, after a template was filled in. */
  readonly body: string;
  readonly category: Category;
  readonly mailboxAddress: string;
  /** Marketing needs it. */
  readonly sender?: {
    readonly id: string;
    readonly legalName: string;
    readonly postalAddress: string;
  };
  readonly topic?: string;
  /** Ends conversational mail. */
  readonly disclosure?: string;
  /** Marketing needs it; the unsubscribe link leads there. */
  readonly publicUrl?: string;
  /** Text of the link by which a double opt-in is confirmed; it stands before the footer. */
  readonly confirmLabel?: string;
  /** Minted for this revision, after the body was written: 16 or more of `A-Za-z0-9_-`. */
  readonly nonce: string;
}

/** Both parts as they are decided, stored and sent; per-recipient links are still slots. */
export interface RenderedContent {
  readonly text: string;
  readonly html: string;
  /** The legal name, the postal address and the visible unsubscribe slot are in both parts. */
  readonly hasFooter: boolean;
  /** What was changed, for the author. */
  readonly notices: readonly string[];
}

/**
 * Renders a body once, at request. Marketing gets a footer with legal name, postal address and
 * unsubscribe link (CAN-SPAM §7704(a)(5), CASL s. 6(2)) at the line `{{footer}}` or at the end; when
 * the sender or the public URL is missing there is none, and `hasFooter` says so. Throws
 * `ARGUMENT_INVALID` for a nonce that the author could know and for Markdown nested too deeply.
 */
export function renderContent(input: RenderInput): RenderedContent {
  assertFreshNonce(input);
  const { before, after, found } = splitAtFooter(lexMarkdown(wellFormed(input.body)));
  const footer = makeFooter(input);
  const confirm = makeConfirm(input);
  const disclosure = input.category === 'conversational' ? oneLine(input.disclosure ?? '') : '';
  const notices: string[] = [];
  if (found && input.category !== 'marketing') {
    notices.push('{{footer}} was removed: only marketing mail has a footer.');
  }
  return {
    text: join([
      renderText(before),
      confirm?.text ?? '',
      footer?.text ?? '',
      renderText(after),
      disclosure,
    ]),
    html: document(input.subject, [
      renderHtml(before),
      confirm?.html ?? '',
      footer?.html ?? '',
      renderHtml(after),
      disclosure === '' ? '' : `<p style="font-size:small">${escapeHtml(disclosure)}</p>`,
    ]),
    hasFooter: footer !== undefined,
    notices,
  };
}

function assertFreshNonce(input: RenderInput): void {
  const authored = [input.subject, input.body, input.topic ?? ''];
  if (!authored.some((text) => text.includes(input.nonce))) return;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: 'The nonce occurs in the content; mint one after the content was written.',
  });
}

function makeConfirm({
  confirmLabel,
  nonce,
}: RenderInput): { text: string; html: string } | undefined {
  if (confirmLabel === undefined) return undefined;
  const label = oneLine(confirmLabel);
  const link = slot('confirm', nonce);
  return { text: `${label}: ${link}`, html: `<p><a href="${link}">${escapeHtml(label)}</a></p>` };
}

function makeFooter(input: RenderInput): { text: string; html: string } | undefined {
  const { category, sender, publicUrl, topic, mailboxAddress, nonce } = input;
  if (category !== 'marketing' || sender === undefined || publicUrl === undefined) return undefined;
  const name = oneLine(sender.legalName);
  const address = sender.postalAddress.split(/\r?\n/).map(oneLine).filter(Boolean);
  if (name === '' || address.length === 0) return undefined;
  const about = topic === undefined || topic === '' ? '' : ` Topic: ${oneLine(topic)}.`;
  const sent = `Sent by ${name} from ${mailboxAddress}.${about}`;
  const link = slot('unsubscribe', nonce);
  return {
    text: ['----------', sent, ...address, `Unsubscribe: ${link}`].join('\n'),
    html: [
      '<hr>',
      `<p style="font-size:small">${[sent, ...address].map(escapeHtml).join('<br>\n')}<br>`,
      `<a href="${link}">Unsubscribe</a></p>`,
    ].join('\n'),
  };
}

function document(subject: string, parts: readonly string[]): string {
  const head = `<meta charset="utf-8">\n<title>${escapeHtml(wellFormed(oneLine(subject)))}</title>`;
  const body = parts.filter((part) => part !== '').join('\n');
  return `<!DOCTYPE html>\n<html>\n<head>\n${head}\n</head>\n<body>\n${body}\n</body>\n</html>\n`;
}

function join(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Lone surrogates have no UTF-8; controls have no place in mail text (RFC 5322 §2.3). */
function wellFormed(text: string): string {
  return text.replace(/[[\p{Cs}\p{Cc}]--[\t\r\n]]/gv, '\ufffd');
}
