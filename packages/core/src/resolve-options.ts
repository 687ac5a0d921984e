import { parseCountry } from './contacts/parse-country.ts';
import { resolveContent } from './content/resolve-content.ts';
import type { Mailbox, Settings } from './context.ts';
import { MailwardenError } from './errors/mailwarden-error.ts';
import { domainOf, findAddress, parseAddress } from './identity/address.ts';
import type {
  BudgetOptions,
  DispatchOptions,
  MailboxOptions,
  MailwardenOptions,
  TemplateOptions,
} from './options.ts';
import type { TightenRule } from './policy/facts.ts';
import { isOversightMode, type Oversight } from './policy/modes.ts';
import { parseScope } from './suppression/parse-scope.ts';
import type { SuppressionSource } from './suppression/sources/suppression-source.ts';
import { checkTemplate } from './templates/check-template.ts';

const OPTIONS: readonly (keyof MailwardenOptions)[] = [
  'database',
  'keys',
  'publicUrl',
  'tenant',
  'senders',
  'mailboxes',
  'templates',
  'offers',
  'facts',
  'allowedLinkHosts',
  'rules',
  'onEvent',
  'onSeal',
  'onError',
  'clock',
  'migrate',
  'maxBodyBytes',
  'maxAttachmentBytes',
  'internalDomains',
  'trustedAuthservId',
  'allowedHeaders',
  'budgets',
  'audience',
  'jurisdictions',
  'reviewExpiry',
  'dispatch',
  'suppressionSources',
  'onSuppress',
  'suppressionJournal',
  'maxLateness',
];

const TEMPLATE_OPTIONS: readonly (keyof TemplateOptions)[] = [
  'id',
  'subject',
  'body',
  'category',
  'variables',
];

const MAILBOX_OPTIONS: readonly (keyof MailboxOptions)[] = [
  'address',
  'name',
  'sender',
  'oversight',
  'ceiling',
  'tighten',
  'fourEyes',
  'transport',
  'inbox',
  'dkim',
  'dailyLimit',
];

const SOURCE_OPTIONS: readonly (keyof SuppressionSource)[] = [
  'name',
  'pull',
  'maxAge',
  'scope',
  'senderId',
];

const BUDGETS: readonly (keyof BudgetOptions)[] = [
  'sendsPerDay',
  'firstContactsPerDay',
  'sendsPerRun',
];

const DISPATCH: readonly (keyof DispatchOptions)[] = [
  'concurrency',
  'lease',
  'retryFor',
  'retryDelay',
  'pollInterval',
];

const CONDITIONS: readonly (keyof TightenRule['when'])[] = [
  'category',
  'freeText',
  'firstOf',
  'lapsedDays',
  'tag',
];

const OVERSIGHT = ['default', 'marketing', 'transactional', 'conversational'] as const;
const DAY = 86_400_000;

/** Fills in the defaults. Throws `OPTION_INVALID` or `OPTION_UNKNOWN` before anything is opened. */
export function resolveSettings(options: MailwardenOptions): Settings {
  refuseUnknown(options, OPTIONS, 'createMailwarden');
  const budgets = options.budgets ?? {};
  const dispatch = options.dispatch ?? {};
  refuseUnknown(budgets, BUDGETS, 'budgets');
  refuseUnknown(dispatch, DISPATCH, 'dispatch');
  refuseUnknown(options.audience ?? {}, ['unknownCountry'], 'audience');
  return {
    publicUrl: resolvePublicUrl(options.publicUrl),
    maxBodyBytes: atLeast('maxBodyBytes', options.maxBodyBytes ?? 1_000_000, 1),
    maxAttachmentBytes: atLeast('maxAttachmentBytes', options.maxAttachmentBytes ?? 25_000_000, 1),
    internalDomains: (options.internalDomains ?? []).map(resolveDomain),
    trustedAuthservId: options.trustedAuthservId?.toLowerCase(),
    allowedHeaders: options.allowedHeaders ?? ['X-Campaign-ID'],
    content: resolveContent(options),
    budgets: {
      sendsPerDay: atLeast('sendsPerDay', budgets.sendsPerDay ?? 500, 0),
      firstContactsPerDay: atLeast('firstContactsPerDay', budgets.firstContactsPerDay ?? 50, 0),
      sendsPerRun: atLeast('sendsPerRun', budgets.sendsPerRun ?? 100, 0),
    },
    audience: {
      unknownCountry: resolveUnknownCountry(options),
      enforced: options.audience !== undefined,
    },
    reviewExpiry: atLeast('reviewExpiry', options.reviewExpiry ?? 5 * DAY, 1),
    dispatch: {
      concurrency: atLeast('concurrency', dispatch.concurrency ?? 10, 1),
      lease: atLeast('lease', dispatch.lease ?? 120_000, 1),
      retryFor: atLeast('retryFor', dispatch.retryFor ?? 3 * DAY, 0),
      retryDelay: atLeast('retryDelay', dispatch.retryDelay ?? 60_000, 1),
      pollInterval: atLeast('pollInterval', dispatch.pollInterval ?? 1_000, 1),
    },
    suppressionSources: resolveSources(options),
    maxLateness: resolveMaxLateness(options),
  };
}

function resolveUnknownCountry({ audience }: MailwardenOptions): string {
  const { unknownCountry = 'strictest' } = audience ?? {};
  if (unknownCountry === 'strictest') return unknownCountry;
  try {
    return parseCountry(unknownCountry);
  } catch {
    throw invalid(
      'audience.unknownCountry is "strictest" or an ISO 3166-1 alpha-2 code such as "US".',
    );
  }
}

/** The mailboxes by lower-case address. */
export function resolveMailboxes(options: MailwardenOptions): ReadonlyMap<string, Mailbox> {
  const mailboxes = options.mailboxes.map((mailbox) => resolveMailbox(options, mailbox));
  const byAddress = new Map(mailboxes.map((mailbox) => [mailbox.address, mailbox]));
  if (byAddress.size === 0) throw invalid('mailboxes needs at least one mailbox.');
  if (byAddress.size < mailboxes.length) throw invalid('mailboxes names an address twice.');
  return byAddress;
}

/** The templates by id; each one parses and declares the variables that it uses. */
export function resolveTemplates({
  templates = [],
}: MailwardenOptions): ReadonlyMap<string, TemplateOptions> {
  for (const template of templates) {
    refuseUnknown(template, TEMPLATE_OPTIONS, `the template ${template.id}`);
    checkTemplate(template);
  }
  const byId = new Map(templates.map((template) => [template.id, template]));
  if (byId.size < templates.length) throw invalid('templates names an id twice.');
  return byId;
}

function resolveSources({
  suppressionSources = [],
  senders = {},
}: MailwardenOptions): readonly SuppressionSource[] {
  for (const source of suppressionSources) {
    refuseUnknown(source, SOURCE_OPTIONS, 'a suppression source');
    if (!/^[a-z0-9_.-]{1,64}$/.test(source.name)) {
      throw invalid('The name of a suppression source is 1–64 characters of a–z 0–9 _ . -');
    }
    atLeast(`maxAge of suppression source ${source.name}`, source.maxAge, 1);
    if (source.scope !== undefined) parseScope(source.scope);
    // Held against a sender that does not exist, a list would stop nothing.
    if (source.senderId !== undefined && !Object.hasOwn(senders, source.senderId)) {
      throw invalid(`senderId of suppression source ${source.name} is not in senders.`);
    }
  }
  const names = new Set(suppressionSources.map(({ name }) => name));
  if (names.size < suppressionSources.length) throw invalid('suppressionSources names one twice.');
  return suppressionSources;
}

function resolveMailbox(options: MailwardenOptions, mailbox: MailboxOptions): Mailbox {
  refuseUnknown(mailbox, MAILBOX_OPTIONS, 'a mailbox');
  const address = parseAddress(mailbox.address.toLowerCase());
  const oversight = resolveOversight(mailbox);
  if (mailbox.ceiling !== undefined && !isOversightMode(mailbox.ceiling)) {
    throw invalid(`ceiling of ${address} is not a mode.`);
  }
  if (mailbox.name !== undefined && /\p{Cc}/u.test(mailbox.name)) {
    throw invalid(`name of ${address} has control characters.`);
  }
  for (const rule of mailbox.tighten ?? []) {
    if (!isOversightMode(rule.to)) throw invalid(`tighten of ${address} names no mode.`);
    refuseUnknown(rule.when, CONDITIONS, 'tighten[].when');
  }
  // A number that is none would be no limit at all.
  if (mailbox.dailyLimit !== undefined) atLeast('dailyLimit', mailbox.dailyLimit, 1);
  const sender = resolveSender(options, mailbox);
  return { ...mailbox, address, oversight, ceiling: mailbox.ceiling, sender };
}

function resolveOversight({ address, oversight = 'gated_send' }: MailboxOptions): Oversight {
  const resolved = typeof oversight === 'string' ? { default: oversight } : oversight;
  refuseUnknown(resolved, OVERSIGHT, 'oversight');
  for (const mode of Object.values(resolved)) {
    if (!isOversightMode(mode)) {
      throw invalid(`oversight of ${address} has ${JSON.stringify(mode)}, which is not a mode.`);
    }
  }
  return resolved;
}

function resolveSender(options: MailwardenOptions, mailbox: MailboxOptions): Mailbox['sender'] {
  const { sender: id } = mailbox;
  if (id === undefined) return undefined;
  const senders = options.senders ?? {};
  const sender = Object.hasOwn(senders, id) ? senders[id] : undefined;
  if (sender !== undefined) {
    refuseUnknown(sender, ['legalName', 'postalAddress'], `senders.${id}`);
    return { id, ...sender };
  }
  throw invalid(`sender ${JSON.stringify(id)} of ${mailbox.address} is not in senders.`);
}

/** As it stands in an address: lower-case ASCII (IDNA). */
function resolveDomain(domain: string): string {
  const address = typeof domain === 'string' ? findAddress(`a@${domain}`) : undefined;
  if (address !== undefined) return domainOf(address);
  throw invalid(`internalDomains has ${JSON.stringify(domain)}, which is no domain.`);
}

/** Without a journal only who asks for it is paused: an idle system may have mail for next week. */
function resolveMaxLateness({ maxLateness, suppressionJournal }: MailwardenOptions): number {
  if (maxLateness !== undefined) return atLeast('maxLateness', maxLateness, 1);
  return suppressionJournal === undefined ? Number.POSITIVE_INFINITY : DAY;
}

function resolvePublicUrl(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const local = parsed?.hostname === '127.0.0.1' || parsed?.hostname === 'localhost';
  if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && local)) {
    return url.replace(/\/+$/, '');
  }
  throw invalid('publicUrl has to be an https URL (RFC 8058); http is allowed on loopback only.');
}

function refuseUnknown(value: object, known: readonly string[], what: string): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new MailwardenError('OPTION_UNKNOWN', {
    detail: `${what} has no ${unknown.join(', ')}; it has ${known.join(', ')}.`,
    fields: { unknown },
  });
}

function atLeast(name: string, value: number, least: number): number {
  if (Number.isFinite(value) && value >= least) return value;
  throw invalid(`${name} has to be a number of at least ${least}; got ${value}.`);
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
