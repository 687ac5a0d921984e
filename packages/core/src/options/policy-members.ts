import { parseCountry } from '../contacts/parse-country.ts';
import { FACT, LINK_HOST, OFFER } from '../content/content-shapes.ts';
import { FREQUENCY_CAPS, QUIET_HOURS, TIME_ZONE, TOPICS } from '../frequency/frequency-shapes.ts';
import { findAddress } from '../identity/address.ts';
import type {
  AudienceOptions,
  BudgetOptions,
  PolicyOptions,
  SenderOptions,
  TemplateOptions,
} from '../options.ts';
import { JURISDICTIONS } from '../policy/jurisdictions/pack-shape.ts';
import { checked } from '../shapes/checked.ts';
import { listOf, recordOf } from '../shapes/collection-shapes.ts';
import { needed, objectOf } from '../shapes/object-of.ts';
import { choice, number, text } from '../shapes/scalar-shapes.ts';
import type { Members } from '../shapes/shape.ts';
import { findTemplateFault } from '../templates/check-template.ts';
import { MAILBOX_POLICY } from './mailbox-shapes.ts';

const sender = objectOf<SenderOptions>('A legal entity on whose behalf marketing goes out.', {
  legalName: needed(text('As registered.')),
  postalAddress: needed(text('Where it can be reached by post.')),
  timeZone: TIME_ZONE,
});

const template = checked(
  objectOf<TemplateOptions>('Text that code owns and a reviewer approves by its hash.', {
    id: needed(text('How agents name it.')),
    subject: needed(text('Liquid, strict.')),
    body: needed(text('Markdown with Liquid, strict.')),
    category: choice(['transactional', 'marketing'], 'What mail made from it is.'),
    variables: recordOf(
      choice(['text', 'number', 'date', 'url'], 'The type.'),
      'Name to type; a call gives exactly these.',
    ),
  }),
  findTemplateFault,
);

const budgets = objectOf<BudgetOptions>('What agents may use up.', {
  sendsPerDay: number('Sends per mailbox in 24 hours.', { least: 0, default: 500 }),
  firstContactsPerDay: number('First contacts per mailbox in 24 hours.', { least: 0, default: 50 }),
  sendsPerRun: number('Sends per run.', { least: 0, default: 100 }),
});

const audience = objectOf<AudienceOptions>('Who is written to; without it no regime is enforced.', {
  unknownCountry: text('Which law holds for people whose country nothing tells.', {
    expected: '"strictest" or an ISO 3166-1 alpha-2 code such as "US"',
    accepts: (value) => value === 'strictest' || isCountry(value),
  }),
});

/**
 * Everything that can stand in a policy, as TypeScript and as a file. A new option of this kind
 * needs its place in `PolicyOptions` and here; the compiler asks for both.
 */
export const POLICY_MEMBERS: Members<PolicyOptions> = {
  senders: recordOf(sender, 'By the name that mailboxes give as sender.'),
  mailboxes: listOf(MAILBOX_POLICY, 'Oversight and limits per mailbox.', { key: 'address' }),
  templates: listOf(template, 'What agents may fill in.', { key: 'id' }),
  offers: listOf(OFFER, 'What marketing may offer.', { key: 'id' }),
  facts: listOf(FACT, 'What marketing may state.', { key: 'id' }),
  allowedLinkHosts: listOf(LINK_HOST, 'Hosts that marketing may link to.'),
  internalDomains: listOf(
    text('A domain.', { expected: 'a domain', accepts: isDomain }),
    'Domains whose people count as colleagues: mail to them is conversational.',
  ),
  trustedAuthservId: text('Whose Authentication-Results to believe (RFC 8601 section 5).'),
  allowedHeaders: listOf(
    text('A field name.'),
    'Header fields that agents may set. Default: X-Campaign-ID.',
  ),
  budgets,
  frequencyCaps: FREQUENCY_CAPS,
  quietHours: QUIET_HOURS,
  topics: TOPICS,
  audience,
  jurisdictions: JURISDICTIONS,
  reviewExpiry: number('How long a person has to decide, ms. Default: 5 days.', { least: 1 }),
  maxBodyBytes: number('Body and subject, UTF-8 bytes.', { least: 1, default: 1_000_000 }),
  maxAttachmentBytes: number('All attachments of one message together.', {
    least: 1,
    default: 25_000_000,
  }),
};

/** A policy as a whole. */
export const POLICY = objectOf<PolicyOptions>(
  'A Mailwarden policy: what agents may do, and when a person decides.',
  POLICY_MEMBERS,
);

function isCountry(value: string): boolean {
  try {
    return parseCountry(value) !== '';
  } catch {
    return false;
  }
}

function isDomain(value: string): boolean {
  return findAddress(`a@${value}`) !== undefined;
}
