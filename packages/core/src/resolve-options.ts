import { parseCountry } from './contacts/parse-country.ts';
import { resolveContent } from './content/resolve-content.ts';
import type { Mailbox, Settings } from './context.ts';
import { MailwardenError } from './errors/mailwarden-error.ts';
import { resolveFrequency, resolveTimeZone } from './frequency/resolve-frequency.ts';
import { domainOf, parseAddress } from './identity/address.ts';
import { matchesPattern } from './identity/address-pattern.ts';
import type { JoinedOptions } from './options/join-policy.ts';
import type { MailboxOptions, TemplateOptions } from './options.ts';
import { resolveRetention } from './retention/resolve-retention.ts';
import type { SuppressionSource } from './suppression/sources/suppression-source.ts';
import { resolveThrottle } from './throttle/resolve-throttle.ts';

const DAY = 86_400_000;

/** Fills in the defaults of options that were checked. Throws `OPTION_INVALID` for a sender that is none. */
export function resolveSettings(options: JoinedOptions): Settings {
  const { budgets = {}, dispatch = {}, publicUrl } = options;
  return {
    publicUrl: publicUrl?.replace(/\/+$/, ''),
    maxBodyBytes: options.maxBodyBytes ?? 1_000_000,
    maxAttachmentBytes: options.maxAttachmentBytes ?? 25_000_000,
    internalDomains: (options.internalDomains ?? []).map(toDomain),
    trustedAuthservId: options.trustedAuthservId?.toLowerCase(),
    allowedHeaders: options.allowedHeaders ?? ['X-Campaign-ID'],
    content: resolveContent(options),
    budgets: {
      sendsPerDay: budgets.sendsPerDay ?? 500,
      firstContactsPerDay: budgets.firstContactsPerDay ?? 50,
      sendsPerRun: budgets.sendsPerRun ?? 100,
    },
    frequency: resolveFrequency(options),
    audience: { unknownCountry: toUnknownCountry(options.audience?.unknownCountry) },
    reviewExpiry: options.reviewExpiry ?? 5 * DAY,
    dispatch: {
      concurrency: dispatch.concurrency ?? 10,
      lease: dispatch.lease ?? 120_000,
      retryFor: dispatch.retryFor ?? 3 * DAY,
      retryDelay: dispatch.retryDelay ?? 60_000,
      pollInterval: dispatch.pollInterval ?? 1_000,
    },
    throttle: resolveThrottle(dispatch.throttle),
    suppressionSources: resolveSources(options),
    maxLateness: toMaxLateness(options),
    retention: resolveRetention(options.retention),
  };
}

/** The mailboxes by lower-case address. */
export function resolveMailboxes(options: JoinedOptions): ReadonlyMap<string, Mailbox> {
  const mailboxes = options.mailboxes.map((mailbox) => resolveMailbox(options, mailbox));
  return new Map(mailboxes.map((mailbox) => [mailbox.address, mailbox]));
}

/** The templates by id. */
export function resolveTemplates({
  templates = [],
}: JoinedOptions): ReadonlyMap<string, TemplateOptions> {
  return new Map(templates.map((template) => [template.id, template]));
}

function resolveMailbox(options: JoinedOptions, mailbox: MailboxOptions): Mailbox {
  const { oversight = 'gated_send' } = mailbox;
  const receiver = findReceiver(options, mailbox);
  return {
    ...mailbox,
    address: parseAddress(mailbox.address.toLowerCase()),
    addresses: toPatterns(mailbox),
    receiver: receiver && parseAddress(receiver.address.toLowerCase()),
    copyToSent: mailbox.copyToSent ?? isCopied(mailbox, receiver),
    oversight: typeof oversight === 'string' ? { default: oversight } : oversight,
    ceiling: mailbox.ceiling,
    sender: resolveSender(options, mailbox),
    timeZone: resolveTimeZone(options, mailbox),
  };
}

/** Nobody else's inbox is told apart by them. */
function toPatterns({ address, addresses, inbox }: MailboxOptions): Mailbox['addresses'] {
  if (addresses === undefined) return undefined;
  if (inbox === undefined) throw invalid(`addresses of ${address} need an inbox.`);
  return [addresses].flat();
}

/** Whose inbox gets the mail of a mailbox. */
function findReceiver(
  { mailboxes }: JoinedOptions,
  mailbox: MailboxOptions,
): MailboxOptions | undefined {
  if (mailbox.inbox !== undefined) return mailbox;
  return mailboxes.find(({ addresses = [] }) =>
    [addresses].flat().some((pattern) => matchesPattern(pattern, mailbox.address)),
  );
}

function isCopied({ transport }: MailboxOptions, receiver: MailboxOptions | undefined): boolean {
  const { relay, host = '' } = transport ?? {};
  return receiver?.inbox?.keepCopy !== undefined && relay?.keepsCopies?.test(host) !== true;
}

function resolveSender(options: JoinedOptions, mailbox: MailboxOptions): Mailbox['sender'] {
  const { sender: id } = mailbox;
  if (id === undefined) return undefined;
  const senders = options.senders ?? {};
  const sender = Object.hasOwn(senders, id) ? senders[id] : undefined;
  if (sender !== undefined) {
    const { legalName, postalAddress } = sender;
    return { id, legalName, postalAddress };
  }
  throw invalid(`sender ${JSON.stringify(id)} of ${mailbox.address} is not in senders.`);
}

function resolveSources({
  suppressionSources = [],
  senders = {},
}: JoinedOptions): readonly SuppressionSource[] {
  for (const { name, senderId } of suppressionSources) {
    // Held against a sender that does not exist, a list would stop nothing.
    if (senderId !== undefined && !Object.hasOwn(senders, senderId)) {
      throw invalid(`senderId of suppression source ${name} is not in senders.`);
    }
  }
  return suppressionSources;
}

function toUnknownCountry(country = 'strictest'): string {
  return country === 'strictest' ? country : parseCountry(country);
}

/** As it stands in an address: lower-case ASCII (IDNA). */
function toDomain(domain: string): string {
  return domainOf(parseAddress(`a@${domain}`));
}

/** Without a journal only who asks for it is paused: an idle system may have mail for next week. */
function toMaxLateness({ maxLateness, suppressionJournal }: JoinedOptions): number {
  if (maxLateness !== undefined) return maxLateness;
  return suppressionJournal === undefined ? Number.POSITIVE_INFINITY : DAY;
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
