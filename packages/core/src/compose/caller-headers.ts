import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type HeaderField, parseHeaderField, parseHeaderLine } from '../identity/header-field.ts';
import type { HeaderFinding } from '../policy/facts.ts';

/** What became of the header fields of one call. */
export interface SortedHeaders {
  readonly kept: readonly HeaderField[];
  /** Harmless ones that go out without; the author is told. */
  readonly dropped: readonly { readonly name: string; readonly notice: string }[];
  /** Those that stop the message. */
  readonly findings: readonly HeaderFinding[];
}

/** Most fields in one call. */
const MAX_FIELDS = 50;

/** Core makes these itself; a caller's own would replace the unsubscribe or lie about the mail. */
const MADE_BY_CORE =
  /^(?:list-.*|precedence|feedback-id|auto-submitted|agent-identity|x-mailwarden-.*)$/;

/**
 * Commands to a sending service: they change recipients, templates, tracking or unsubscribe behind
 * the decision. No allow-list opens them.
 */
const PROVIDER_CONTROL = new RegExp(
  `^(?:${[
    'x-smtpapi',
    'x-msys-api',
    'x-(?:mc|mandrill|mailchimp|mailgun|mj|mailjet|ses|amz|pm|postmark|sg|sendgrid)(?:-.*)?',
    'x-(?:sparkpost|sib|mailin|brevo|elasticemail|smtp2go|resend|mailersend|socketlabs)(?:-.*)?',
    'x-(?:xsmailer|mailtrap|zm|tm|tipimail|kumomta|kumoref|greenarrow|virtual-mta)(?:-.*)?',
  ].join('|')})$`,
);

/** The message's own structure, identity and trace: set by core or by mail servers only. */
const STRUCTURAL = new RegExp(
  `^(?:${[
    'from|to|cc|bcc|apparently-to|sender|reply-to|return-path|date|message-id|subject',
    'in-reply-to|references|mime-version|content-.*|resent-.*|received(?:-.*)?|delivered-to',
    'envelope-.*|x-envelope-.*|errors-to|return-receipt-to|disposition-notification-.*',
    'dkim-.*|domainkey-.*|authentication-results|arc-.*|bimi-.*|x-original-.*',
  ].join('|')})$`,
);

/**
 * Sorts a caller's header fields: `Name: value` lines or an object. Fields on the allow-list are
 * kept (names compared without case, each once); fields that core makes and repeats are dropped with
 * a notice; everything else is a finding. Throws `HEADER_INVALID` for what is malformed, for more
 * than 50 fields and for values that are no text.
 */
export function sortCallerHeaders(
  headers: readonly string[] | Readonly<Record<string, string>>,
  allowed: readonly string[],
): SortedHeaders {
  const fields = parseFields(headers);
  const allow = new Set(allowed.map((name) => name.toLowerCase()));
  const kept = new Map<string, HeaderField>();
  const dropped: { name: string; notice: string }[] = [];
  const findings: HeaderFinding[] = [];
  for (const field of fields) {
    const name = field.name.toLowerCase();
    if (MADE_BY_CORE.test(name)) {
      dropped.push(drop(field, 'was left out: it is set here, not by the caller.'));
    } else if (PROVIDER_CONTROL.test(name)) {
      findings.push({ name: field.name, problem: 'provider_control' });
    } else if (STRUCTURAL.test(name) || !allow.has(name)) {
      findings.push({ name: field.name, problem: 'not_allowed' });
    } else if (kept.has(name)) {
      dropped.push(drop(field, 'was given twice; the first one is used.'));
    } else {
      kept.set(name, field);
    }
  }
  return { kept: [...kept.values()], dropped, findings };
}

function parseFields(
  headers: readonly string[] | Readonly<Record<string, string>>,
): readonly HeaderField[] {
  const isList = Array.isArray(headers);
  const entries: readonly unknown[] = isList ? headers : Object.entries(headers);
  if (entries.length > MAX_FIELDS) {
    throw new MailwardenError('HEADER_INVALID', {
      detail: `There are ${entries.length} fields; at most ${MAX_FIELDS} may be given.`,
    });
  }
  return entries.map((entry) => {
    if (typeof entry === 'string') return parseHeaderLine(entry);
    const [name, value] = Array.isArray(entry) ? entry : [];
    if (typeof name === 'string' && typeof value === 'string') return parseHeaderField(name, value);
    throw new MailwardenError('HEADER_INVALID', { detail: `A ${typeof value} is no value.` });
  });
}

function drop(field: HeaderField, what: string): { name: string; notice: string } {
  return { name: field.name, notice: `The header ${field.name} ${what}` };
}
