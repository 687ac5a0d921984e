import { type HeaderField, parseHeaderField } from '../identity/header-field.ts';
import { unsubscribeUrl } from './unsubscribe-url.ts';

/** What {@link marketingHeaders} takes. */
export interface MarketingHeadersInput {
  readonly publicUrl: string;
  /** Names the delivery; from `keys.createToken('unsubscribe', …)`. */
  readonly token: string;
  /** Address that sends. */
  readonly mailbox: string;
  /** Key of `senders`. */
  readonly sender: string;
  readonly topic?: string | undefined;
  readonly campaign?: string | undefined;
  /** Mail to the mailbox is read, so that clients may unsubscribe by mail, too. @default false */
  readonly receives?: boolean;
}

/** Longest List-Unsubscribe that gets the second URI, in characters: a line has 998 at most. */
const MAX_WITH_MAILTO = 900;

/**
 * The header fields of marketing mail, which only core sets: List-Unsubscribe with one https URI,
 * and a mailto URI where the mailbox is read, List-Unsubscribe-Post (RFC 8058), List-Id per topic (RFC 2919), Feedback-ID for Gmail's
 * Postmaster Tools, and Precedence. All ASCII, one line each. Throws `HEADER_INVALID` when the
 * public URL and token do not fit one line.
 */
export function marketingHeaders(input: MarketingHeadersInput): readonly HeaderField[] {
  const { publicUrl, token, mailbox, sender, topic, campaign, receives = false } = input;
  const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1);
  const local = mailbox.slice(0, mailbox.lastIndexOf('@'));
  const feedback = [campaign, topic, local].map((part) => label(part ?? '') || 'none');
  const page = `<${unsubscribeUrl(publicUrl, token)}>`;
  const mail = `<mailto:${encodeURIComponent(local)}@${domain}?subject=unsubscribe%20${token}>`;
  const both = `${page}, ${mail}`;
  return [
    parseHeaderField('List-Unsubscribe', receives && both.length <= MAX_WITH_MAILTO ? both : page),
    parseHeaderField('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'),
    parseHeaderField('List-Id', `<${label(topic ?? '') || 'marketing'}.${domain}>`),
    parseHeaderField('Feedback-ID', [...feedback, feedbackSender(sender, domain)].join(':')),
    parseHeaderField('Precedence', 'bulk'),
  ];
}

/** One label of a dot-atom without dots at its ends; also free of the colons of Feedback-ID. */
function label(text: string): string {
  return text
    .slice(0, 64)
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+|[.-]+$/g, '');
}

/** Gmail wants 5 to 15 characters that stay the same in all mail of one sender. */
function feedbackSender(sender: string, domain: string): string {
  const id = label(sender) || label(domain);
  return (id.length < 5 ? `${id}-sender` : id).slice(0, 15);
}
