import { isAddressPattern } from '../identity/address-pattern.ts';
import type { DispatchOptions, KeyOptions, MailboxOptions, MailwardenOptions } from '../options.ts';
import type { Rule } from '../policy/rule.ts';
import { RETENTION } from '../retention/retention-shape.ts';
import { listOf, oneOrMore } from '../shapes/collection-shapes.ts';
import { needed, objectOf } from '../shapes/object-of.ts';
import { choice, flag, fromCode, number, text } from '../shapes/scalar-shapes.ts';
import { parseScope } from '../suppression/parse-scope.ts';
import type { SuppressionSource } from '../suppression/sources/suppression-source.ts';
import { THROTTLE } from '../throttle/throttle-shape.ts';
import { WEBHOOKS } from '../webhooks/webhook-shape.ts';
import { MAILBOX_MEMBERS } from './mailbox-shapes.ts';
import { POLICY, POLICY_MEMBERS } from './policy-members.ts';

const mailbox = objectOf<MailboxOptions>('One mailbox, with what only code can give.', {
  ...MAILBOX_MEMBERS,
  transport: fromCode('object', 'a transport such as smtp(…)'),
  inbox: fromCode('object', 'an inbox such as imap(…)'),
  subaddressing: flag('Mail to local+anything@domain arrives here.'),
  addresses: oneOrMore(
    text('Addresses by their form.', {
      expected: 'a pattern such as "*@agents.acme.example" or "agent+*@acme.example"',
      accepts: isAddressPattern,
    }),
    'What its login receives besides.',
  ),
  onUnknown: choice(['hold', 'resend'], 'What happens when nobody knows whether it arrived.'),
  copyToSent: flag('The Sent folder gets a copy of mail to single people.'),
  dkim: fromCode('object', '{ domainName, keySelector, privateKey }'),
});

const source = objectOf<SuppressionSource>('A list that is kept elsewhere.', {
  name: needed(
    text('How it is called in reports.', {
      expected: '1–64 characters of a–z 0–9 _ . -',
      matches: /^[a-z0-9_.-]{1,64}$/,
    }),
  ),
  pull: needed(fromCode('function', 'a function that reads the list')),
  maxAge: needed(number('How old it may be, ms.', { least: 1 })),
  scope: text('What its entries cover.', {
    expected: '"all", "marketing" or "topic:<id>"',
    accepts: isScope,
  }),
  senderId: text('Key of senders.'),
});

const dispatch = objectOf<DispatchOptions>('How the worker works.', {
  concurrency: number('Deliveries in flight at once.', { least: 1 }),
  lease: number('How long a claim holds, ms.', { least: 1 }),
  retryFor: number('How long transient failures are retried, ms.', { least: 0 }),
  retryDelay: number('First back-off, ms.', { least: 1 }),
  pollInterval: number('How often an idle worker looks, ms.', { least: 1 }),
  throttle: THROTTLE,
});

/** What `createMailwarden` takes: a policy's members and what only code can give. */
export const MAILWARDEN = objectOf<MailwardenOptions>('Options of createMailwarden.', {
  ...POLICY_MEMBERS,
  policy: POLICY,
  database: needed(fromCode('object', 'sqlite(…) or postgres(…)')),
  // The key ring looks closer, and repeats no secret.
  keys: needed(fromCode<readonly KeyOptions[]>('object', 'a list of { id, secret }')),
  publicUrl: text('Where the handler is reached from outside.', {
    expected: 'an https URL (RFC 8058); http is allowed on loopback only',
    accepts: isPublicUrl,
  }),
  tenant: text('Whose data this is.'),
  mailboxes: needed(
    listOf(mailbox, 'The mailboxes of this process.', { least: 1, key: 'address' }),
  ),
  webhooks: WEBHOOKS,
  rules: fromCode<readonly Rule[]>('object', 'a list of rules'),
  onEvent: fromCode('function', 'a function'),
  onSeal: fromCode('function', 'a function'),
  onError: fromCode('function', 'a function'),
  logger: fromCode('object', '{ debug, info, warn, error }'),
  clock: fromCode('function', 'a function'),
  migrate: choice(['auto', 'check'], 'Whether the database may be migrated.'),
  dispatch,
  retention: RETENTION,
  suppressionSources: listOf(source, 'Lists that are kept elsewhere.', { key: 'name' }),
  onSuppress: fromCode('function', 'a function'),
  suppressionJournal: fromCode('object', 'a journal such as fileJournal(…)'),
  maxLateness: number('After how long a start counts as a restore, ms.', { least: 1 }),
});

function isScope(value: string): boolean {
  try {
    return parseScope(value) !== undefined;
  } catch {
    return false;
  }
}

function isPublicUrl(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const local = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && local);
}
