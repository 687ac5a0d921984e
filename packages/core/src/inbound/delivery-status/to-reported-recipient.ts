import { findReplyRule } from '../../transport/classify-reply.ts';
import { REPLY_REASONS, type ReplyReason } from '../../transport/reply-reasons.ts';
import type { ReplyRule } from '../../transport/reply-rule.ts';
import { cleanLine } from '../untrusted-text.ts';
import type { DeliveryAction, ReportedRecipient } from './delivery-status.ts';
import type { Dialect } from './dialect.ts';
import { findEnhanced, findReplyCode, preferStatus } from './find-codes.ts';
import { findPhase } from './find-phase.ts';
import type { StatusFields } from './status-fields.ts';

/** All that a report has to say about one recipient. */
export interface RecipientAccount {
  readonly address: string;
  readonly fields: StatusFields;
  /** What the report says in words about this one. */
  readonly words: string;
  /** What it says before it names anybody: read when all that follows says nothing. */
  readonly before?: string;
  readonly dialect: Dialect | undefined;
  /** What the report as a whole is about, when the fields do not say. */
  readonly action: DeliveryAction;
  /** What a field of the report's header means in that dialect. */
  readonly hint?: ReplyReason | undefined;
  /** Who writes the report, as Reporting-MTA has it. */
  readonly reporter?: string;
}

const MAX_DIAGNOSTIC = 1_000;
const MAX_READ = 4_000;

/** Says what became of the message for one recipient, and why. */
export function toReportedRecipient(account: RecipientAccount): ReportedRecipient {
  const { address, fields, words } = account;
  const said = (fields.diagnostic ?? '').slice(0, MAX_READ);
  const text = said === '' ? words : said;
  const replyCode = findReplyCode(text, fields.status?.[0]) ?? findReplyCode(words);
  const status = preferStatus(fields.status, findEnhanced(text) ?? findEnhanced(words), replyCode);
  const action = toAction(fields.action, status, account.action);
  const found = { address: cleanLine(address, 320), action };
  const shared = {
    ...(status === undefined || status === '' ? {} : { status }),
    ...(replyCode === undefined ? {} : { replyCode }),
    ...(text === '' ? {} : { diagnostic: cleanLine(text, MAX_DIAGNOSTIC) }),
  };
  if (action !== 'failed' && action !== 'delayed') {
    return { ...found, ...shared, reason: 'delivered', family: 'transport', permanent: false };
  }
  const { reason, rule } = explain(account, status ?? '', replyCode ?? 0);
  return {
    ...found,
    ...shared,
    reason,
    family: REPLY_REASONS[reason].family,
    permanent: action === 'failed' && isDead(reason, rule, status ?? String(replyCode ?? '')),
  };
}

interface Explanation {
  readonly reason: ReplyReason;
  readonly rule: ReplyRule | undefined;
}

/** First by what the server itself said; when that says nothing, with the words around it. */
function explain(account: RecipientAccount, status: string, code: number): Explanation {
  const { address, dialect, fields, words, action } = account;
  const isOwn = code === 0 && isOwnAccount(fields);
  const enhanced = isOwn && /^5\.0\./.test(status) ? '' : status;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const host = `${account.reporter ?? ''} ${fields.remoteMta ?? ''} ${domain}`.toLowerCase();
  const said = toWords(fields);
  const all = said === '' || words.includes(said) ? words : `${said} ${words}`.trim();
  const read = (text: string): ReplyRule | undefined =>
    findReplyRule({
      code,
      enhanced,
      text: withoutContinuations(text.slice(0, MAX_READ)),
      phase: phaseOf(said, all),
      host,
      hint:
        account.hint ??
        dialect?.hints?.find(([, pattern]) => pattern.test(text))?.[0] ??
        BOUNCE_CATEGORIES.get(fields.bounceCategory ?? ''),
    });
  const byServer = said === '' ? undefined : read(said);
  const near = isTelling(byServer) ? byServer : (read(all) ?? byServer);
  const before = account.before ?? '';
  const isVague = near === undefined || near.reason === 'on_hold';
  const rule = isVague && before !== '' ? (read(`${before} ${all}`) ?? near) : near;
  // The way there, by a code alone: nobody waits there for news but for the end of the time.
  const isOnlyLate =
    (fields.action ?? action) === 'delayed' && rule?.reason === 'network_error' && !isByWords(rule);
  if (isOnlyLate) return { reason: 'expired', rule };
  if (rule !== undefined && rule.reason !== 'on_hold') return { reason: rule.reason, rule };
  if (fields.diagnosticType === 'x-unix') return { reason: 'mailer_error', rule };
  if (fields.action === 'delayed' || action === 'delayed') return { reason: 'expired', rule };
  return { reason: all.trim() === '' && enhanced === '' ? 'undefined' : 'on_hold', rule };
}

/**
 * No server answered, and so no filter of one: the report has no `Diagnostic-Code`, as Exim's of its
 * own mailboxes, or Postfix's type for its own.
 */
function isOwnAccount({ diagnostic, diagnosticType }: StatusFields): boolean {
  return diagnostic === undefined || diagnosticType === 'x-postfix';
}

/** Programs join the lines of an answer and leave the code in front of each. */
function withoutContinuations(text: string): string {
  return text
    .replace(/(\S\s{1,8})[45]\d\d-(?:[45]\.\d{1,3}\.\d{1,3}\s)?/g, '$1')
    .replace(/(\S\s{1,8})[45]\d\d ([45]\.\d{1,3}\.\d{1,3}) (?=[a-z]|https?:)/g, '$1');
}

function toWords({ diagnostic = '', diagnosticType }: StatusFields): string {
  const words = diagnostic.trim();
  // A number alone is no news.
  if (/^\d{1,3}$/.test(words)) return diagnosticType === 'x-unix' ? `x-unix; ${words}` : '';
  return diagnosticType === 'x-unix' ? `x-unix; ${words}` : words;
}

function phaseOf(said: string, all: string): ReturnType<typeof findPhase> {
  const own = findPhase(said);
  return own === 'unknown' ? findPhase(all) : own;
}

function isByWords(rule: ReplyRule | undefined): boolean {
  return rule?.text !== undefined || rule?.hint !== undefined;
}

/** Words, or a code that leaves no doubt: then the reporting program's guess counts no more. */
function isTelling(rule: ReplyRule | undefined): boolean {
  return isByWords(rule) || (rule?.status !== undefined && rule.reason === 'rejected');
}

/** How PowerMTA sorts failures (its manual, "bounce categories"); used where the server said nothing. */
const BOUNCE_CATEGORIES: ReadonlyMap<string, ReplyReason> = new Map([
  ['bad-connection', 'network_error'],
  ['bad-domain', 'host_unknown'],
  ['bad-mailbox', 'user_unknown'],
  ['inactive-mailbox', 'suspend'],
  ['message-expired', 'expired'],
  ['no-answer-from-host', 'network_error'],
  ['policy-related', 'policy_violation'],
  ['protocol-errors', 'system_error'],
  ['routing-errors', 'system_error'],
  ['quota-issues', 'mailbox_full'],
  ['spam-related', 'spam_detected'],
  ['virus-related', 'virus_detected'],
]);

/** The five of RFC 3464 §2.3.3, and what some write instead. */
const ACTIONS: ReadonlyMap<string, DeliveryAction> = new Map([
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['delayed', 'delayed'],
  ['deferred', 'delayed'],
  ['delivered', 'delivered'],
  ['deliverable', 'delivered'],
  ['relayed', 'relayed'],
  ['expanded', 'expanded'],
]);

function toAction(
  field: string | undefined,
  status: string | undefined,
  otherwise: DeliveryAction,
): DeliveryAction {
  const action = ACTIONS.get(field ?? '');
  if (action !== undefined) return action;
  return status?.startsWith('2.') === true ? 'delivered' : otherwise;
}

/**
 * Whether a final failure means that the address is dead. The server has given up, so an unknown
 * user counts whatever the class of the code; a domain or null MX only when nothing speaks of a
 * passing fault.
 */
function isDead(reason: ReplyReason, rule: ReplyRule | undefined, code: string): boolean {
  if (rule?.permanentAddress === true) return true;
  switch (reason) {
    case 'user_unknown':
    case 'has_moved':
      return true;
    case 'host_unknown':
    case 'not_accept':
      return !code.startsWith('4');
    default:
      return false;
  }
}
