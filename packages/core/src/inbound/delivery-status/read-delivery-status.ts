import { parseMessageIds } from '../../identity/message-id.ts';
import type { HeaderField } from '../authentication.ts';
import type { DeliveryAction, DeliveryStatus } from './delivery-status.ts';
import type { Dialect } from './dialect.ts';
import { ANY_PROGRAM } from './dialects/any-program.ts';
import { findDialects } from './find-dialect.ts';
import { findReportForm, isTitled, RETURNED, type ReportForm } from './is-report.ts';
import {
  allWords,
  failedRecipients,
  mentionedRecipients,
  type OtherRecipients,
  returnedTo,
} from './other-recipients.ts';
import { readFreeText, type ToldRecipient } from './read-free-text.ts';
import { type ReportText, toReportText } from './report-text.ts';
import { fieldOf, type MimePart, splitMimeParts } from './split-mime-parts.ts';
import { readStatusFields, type StatusFields } from './status-fields.ts';
import { type RecipientAccount, toReportedRecipient } from './to-reported-recipient.ts';

const MAX_RECIPIENTS = 100;
const ADDRESS = /[^\s<>"(),;:|[\]]{1,200}@[^\s<>"(),;:|[\]]{1,200}/;
const FAILURE =
  /could not|couldn.?t|cannot|can.?t be|unable|undeliver|fail|reject|refus|return(?:ed|ing)|not (?:yet )?(?:be |been )?(?:delivered|reached|sent)|did not|postponed|delayed|\bfull\b|quota|problem|error|unknown|unzustellbar|nicht|échec|impossible|no se p|não|non |kan |nie |не |送信でき|配信|失敗|エラー|退信|失败|退回|失败|无法/i;

/**
 * Reads a report about the delivery of mail: the fields of RFC 3464 and what about sixty programs
 * and providers say in words instead of them or besides. `undefined` when the message is none.
 */
export function readDeliveryStatus(
  fields: readonly HeaderField[],
  listParts: () => readonly MimePart[],
): DeliveryStatus | undefined {
  // Nearly all mail is none by its header alone, and is not taken apart for it.
  const form = findReportForm(fields, listParts);
  if (form === 'no') return undefined;
  const parts = listParts();
  const isWrapped = !parts.some(({ type }) => type.endsWith('delivery-status'));
  const inner = isWrapped ? readInner(fields, parts, form) : undefined;
  const found = inner ?? readParts(fields, parts, form) ?? readInner(fields, parts, form);
  // Something came back, and that may be all that can be read.
  if (found !== undefined) return found;
  const report = toReportText(parts, undefined);
  const isSaid =
    form === 'from_system' && (isTitled(fields) || RETURNED.test(allWords(report).slice(0, 600)));
  if (form !== 'report' && !isSaid) return undefined;
  return { ...readOriginal(fields, report), recipients: [] };
}

function readParts(
  fields: readonly HeaderField[],
  parts: readonly MimePart[],
  form: ReportForm,
): DeliveryStatus | undefined {
  const draft = toReportText(parts, undefined);
  const dialects = findDialects(fields, draft.lines);
  const own = ownAddresses(fields);
  const groups = readStatusFields(draft.statusLines);
  const read = (dialect: Dialect | undefined): Reading => ({
    report: dialect?.stop === undefined ? draft : toReportText(parts, dialect.stop),
    ...{ fields, form, dialect, groups, own },
  });
  for (const [reading, findOthers] of inOrder(dialects.map(read), read(undefined))) {
    const { report } = reading;
    const accounts = toAccounts(reading, findOthers);
    if (accounts.length === 0) continue;
    return {
      ...readOriginal(fields, report),
      recipients: accounts.slice(0, MAX_RECIPIENTS).map(toReportedRecipient),
    };
  }
  return undefined;
}

/** What it says of the message that it is about. */
function readOriginal(
  fields: readonly HeaderField[],
  { original, statusLines }: ReportText,
): Omit<DeliveryStatus, 'recipients'> {
  // Coremail returns no header, and names the message in a field of its own; others answer to it.
  const [originalInternetMessageId] = [
    fieldOf(original, 'message-id'),
    fieldOf(fields, 'x-cm-original-message-id'),
    fieldOf(fields, 'in-reply-to'),
  ].flatMap((field) => parseMessageIds(field));
  const originalMailwardenId = fieldOf(original, 'x-mailwarden-id').trim().slice(0, 100);
  // Before all recipients.
  const [, originalEnvelopeId] =
    statusLines
      .slice(0, 40)
      .map((line) => /^Original-Envelope-Id\s?:\s*(\S{1,100})\s*$/i.exec(line))
      .find((match) => match !== null) ?? [];
  return {
    ...(originalInternetMessageId === undefined ? {} : { originalInternetMessageId }),
    ...(originalEnvelopeId === undefined ? {} : { originalEnvelopeId }),
    ...(originalMailwardenId === '' ? {} : { originalMailwardenId }),
  };
}

/**
 * Every dialect whose signs are there, then a field that only Exim and Gmail write, then the forms
 * of all programs; what stands in a sentence, and whom the returned message was for, come last. A
 * dialect that only its signs point to must not hide what another one reads.
 */
function* inOrder(
  known: readonly Reading[],
  unknown: Reading,
): Generator<readonly [Reading, OtherRecipients | undefined]> {
  const [first = unknown] = known;
  const isOwn = (address: string): boolean => unknown.own.has(address.toLowerCase());
  for (const reading of known) yield [reading, undefined];
  yield [first, failedRecipients];
  yield [unknown, undefined];
  if (unknown.form !== 'perhaps') yield [first, mentionedRecipients(isOwn)];
  if (unknown.form !== 'perhaps') yield [first, returnedTo];
}

/** A report within a report: some servers return another's as it came. */
function readInner(
  fields: readonly HeaderField[],
  parts: readonly MimePart[],
  form: ReportForm,
): DeliveryStatus | undefined {
  const inner = parts.find(({ type }) => type === 'message/rfc822');
  if (inner !== undefined && /^final-recipient\s?:/im.test(inner.text.slice(0, 200_000))) {
    const innerParts = splitMimeParts(Buffer.from(inner.text));
    return readParts(fields, innerParts, form);
  }
  return undefined;
}

interface Reading {
  readonly fields: readonly HeaderField[];
  readonly form: ReportForm;
  readonly report: ReportText;
  readonly dialect: Dialect | undefined;
  readonly groups: readonly StatusFields[];
  readonly own: ReadonlySet<string>;
}

function toAccounts(
  reading: Reading,
  findOthers: OtherRecipients | undefined,
): readonly RecipientAccount[] {
  const { dialect, fields, groups, report } = reading;
  const action = actionOf(fields, report.lines);
  const isOwn = (address: string): boolean => reading.own.has(address.toLowerCase());
  const named = groups.filter(
    ({ address, originalAddress }) => (address ?? originalAddress) !== undefined,
  );
  const program = dialect ?? ANY_PROGRAM;
  const hint = dialect?.fieldHints?.find(([, key, pattern]) =>
    pattern.test(fieldOf(fields, key)),
  )?.[0];
  const told = readFreeText(report.lines, program, isOwn);
  const shared = { dialect, action, hint, reporter: reporterOf(report), before: told.before };
  if (named.length > 0) {
    if (dialect !== undefined && told.recipients.length === 0 && told.before === '') return [];
    const isOnly = named.length === 1;
    return named.map((group) => ({
      address: group.address ?? group.originalAddress ?? '',
      fields: group,
      words: wordsFor(group, told, isOnly),
      ...shared,
    }));
  }
  const [alone = {}] = groups;
  const found = findOthers?.(fields, report, told.before) ?? onlyFailed(fields, told.recipients);
  if (!isBelievable(reading, found)) return [];
  return found.map(({ address = '', words }) => ({
    address,
    fields: alone,
    words,
    ...shared,
  }));
}

/** Exim names the sender in the same form when it is another one; the field has the recipients alone. */
function onlyFailed(
  fields: readonly HeaderField[],
  told: readonly ToldRecipient[],
): readonly ToldRecipient[] {
  const failed = fieldOf(fields, 'x-failed-recipients').toLowerCase();
  const known = told.filter(({ address = '' }) => failed.includes(address.toLowerCase()));
  return failed === '' || known.length === 0 ? told : known;
}

/** Reporting-MTA stands before all recipients. */
function reporterOf({ statusLines }: ReportText): string {
  const line = statusLines.slice(0, 40).find((one) => /^Reporting-MTA\s?:/i.test(one)) ?? '';
  return line.replace(/^[^:]*:\s*(?:[\w-]{1,40}\s*;)?/, '').slice(0, 255);
}

/** What is said of that recipient; all that is said when it is the only one. */
function wordsFor(
  { address, originalAddress }: StatusFields,
  { recipients, before }: ReturnType<typeof readFreeText>,
  isOnly: boolean,
): string {
  const own = recipients.find((one) =>
    [address, originalAddress].some((name) => name?.toLowerCase() === one.address?.toLowerCase()),
  );
  if (own !== undefined) return isOnly ? `${before} ${own.words}`.trim() : own.words;
  return isOnly ? [before, ...recipients.map(({ words }) => words)].join(' ').trim() : '';
}

/** Whether what was read is the account of a failure and not somebody's letter. */
function isBelievable(
  { fields, form, dialect, report }: Reading,
  found: readonly ToldRecipient[],
): boolean {
  if (found.length === 0) return false;
  if (form === 'report' || dialect !== undefined) return true;
  const said = found.map(({ words }) => words).join(' ');
  const subject = fieldOf(fields, 'subject').slice(0, 998);
  const text = `${subject} ${said} ${allWords(report)}`;
  if (form === 'from_system') return FAILURE.test(text);
  return FAILURE.test(text) && /\b[45]\d\d\b|\b[45]\.\d\.\d/.test(text);
}

function actionOf(fields: readonly HeaderField[], lines: readonly string[]): DeliveryAction {
  const text = `${fieldOf(fields, 'subject')}\n${lines.slice(0, 60).join('\n')}`.slice(0, 6_000);
  if (/successfully delivered|Successful Mail Delivery|was relayed to these/i.test(text))
    return 'delivered';
  const isDelay =
    /^\s*(?:warning(?!.{0,80}unknown)|delayed|delivery delayed|delivery status notification \(delay)|still being retried|has not yet been delivered|not yet been delivered|WARNING MESSAGE ONLY|only a temporary failure report|message .{0,20}(?:is|has been) delayed|DELAYS IN DELIVERING|delivery attempts will continue/im.test(
      text,
    );
  return isDelay ? 'delayed' : 'failed';
}

function ownAddresses(fields: readonly HeaderField[]): ReadonlySet<string> {
  const own = new Set<string>();
  for (const { key, value } of fields) {
    if (!['to', 'from', 'delivered-to', 'x-original-to', 'envelope-to'].includes(key)) continue;
    // DragonFly names the one who was not reached there, and alone writes brackets.
    if (key === 'x-original-to' && value.trim().startsWith('<')) continue;
    const address = ADDRESS.exec(value.slice(0, 2_000))?.[0];
    if (address !== undefined) own.add(address.toLowerCase());
  }
  return own;
}
