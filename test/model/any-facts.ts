import fc from 'fast-check';
import { CONSENT_BASES } from '../../packages/core/src/consent/consent-basis.ts';
import { toDeal } from '../../packages/core/src/content/to-deal.ts';
import { type Address, parseAddress } from '../../packages/core/src/identity/address.ts';
import type {
  FrequencyFacts,
  PauseFacts,
  PreferenceFacts,
  RecordedSendingFact,
  SendFacts,
  SupportFacts,
  ThreadFacts,
} from '../../packages/core/src/policy/facts.ts';
import { OVERSIGHT_MODES } from '../../packages/core/src/policy/modes.ts';
import { consentFact, type GivenFacts, NOW, sendFacts } from '../support/send-facts.ts';

const DAY = 86_400_000;
const pick = <T>(...all: readonly T[]) => fc.constantFrom(...all);
/** Mostly what nothing stands against, so that one thing that does is seen. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: pick(...others) });

/** Absent as often as not. */
const sometimes = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });

const suppression = fc.record({
  scope: pick('all', 'marketing', 'topic:news', 'topic:offers', 'nonsense'),
  reason: pick('unsubscribe', 'complaint', 'hard_bounce', 'manual', 'legal', 'erasure'),
  senderId: pick('', 'acme', 'other'),
  createdAt: fc.constant(NOW - DAY),
});

const consent = fc
  .record({ basis: pick(...CONSENT_BASES), proven: fc.boolean(), expired: fc.boolean() })
  .map(({ basis, proven, expired }) =>
    consentFact({ basis, proven, ...(expired ? { expiresAt: NOW } : {}) }),
  );

const audience = fc.record(
  {
    country: pick('US', 'CA', 'DE', 'FR', 'GB', 'AU', 'SG', 'BR'),
    region: pick('CA', 'NY'),
    kind: pick('individual' as const, 'sole_trader' as const, 'company_person' as const),
    collected: pick('third_party', 'checkout'),
    noticeSent: fc.boolean(),
    consents: fc.array(consent, { maxLength: 2 }),
    withdrawnAt: fc.constant(NOW - DAY),
    // 10:00, 05:00 and 19:00.
    timeZone: pick('UTC', 'America/New_York', 'Asia/Tokyo'),
  },
  { requiredKeys: ['noticeSent', 'consents'] },
);

const preferences = fc.record(
  {
    declinedTopics: pick<PreferenceFacts['declinedTopics']>([], ['news'], ['offers']),
    pausedUntil: pick(NOW, NOW + DAY, NOW + 30 * DAY),
    awayUntil: pick(NOW, NOW + DAY, NOW + 30 * DAY),
    maxima: pick<PreferenceFacts['maxima']>([], [{ count: 1, days: 30 }]),
  },
  { requiredKeys: ['declinedTopics', 'maxima'] },
);

const frequency: fc.Arbitrary<FrequencyFacts> = fc.record({
  had: fc.array(
    fc.record({
      at: pick(NOW - 1, NOW - 3 * DAY, NOW - 20 * DAY),
      senderId: pick('acme', 'other'),
      category: pick('marketing' as const, 'transactional' as const),
    }),
    { maxLength: 3 },
  ),
  ahead: pick<FrequencyFacts['ahead']>([], [{ senderId: 'acme', category: 'marketing' }]),
  wanted: pick(1, 2),
});

const recipient = fc.record({
  address: mostly(
    parseAddress('ana@example.com'),
    'nobody' as Address,
    parseAddress('noreply@example.com'),
    parseAddress('ana@yahoo.com'),
    parseAddress('2125550123@vtext.com'),
  ),
  suppressions: fc.oneof(fc.constant([]), fc.array(suppression, { maxLength: 2 })),
  firstContact: fc.boolean(),
  own: mostly(false, true),
  internal: fc.boolean(),
  tags: fc.constant([]),
  newcomer: mostly<true | undefined>(undefined, true),
  preferences: sometimes(preferences),
  frequency: sometimes(frequency),
  stopRequestedAt: sometimes(fc.constant(NOW)),
});

const content = fc.record(
  {
    category: pick('marketing' as const, 'transactional' as const, 'conversational' as const),
    requestedMode: pick(...OVERSIGHT_MODES),
    topic: pick('news', 'survey'),
    subject: mostly('Acme 5 is here', 'Last chance, only today!', 'Hello {{name}}'),
    body: mostly(
      'Acme 5 is here.',
      'Get 90% off.',
      'Dear [First Name],',
      '[acme.example](https://evil.example/)',
      '[here](https://bit.ly/x)',
    ),
    html: mostly('<p>Acme 5 is here.</p>', 'x'.repeat(120_000)),
    toCount: mostly(1, 2),
    ccCount: mostly(0, 1),
    hasFooter: mostly(true, false),
    digest: mostly('d', 'e'),
    headerFindings: mostly([], [{ name: 'X-Evil', problem: 'not_allowed' as const }]),
    variables: mostly<readonly string[]>([], ['Ana'], ['https://evil.example/'], ['Shop now!']),
    template: fc.option(fc.record({ id: fc.constant('t'), approved: fc.boolean() }), {
      nil: undefined,
    }),
  },
  { requiredKeys: ['category', 'subject', 'body', 'html', 'toCount', 'ccCount'] },
);

const mailbox = fc.record({
  mode: pick(...OVERSIGHT_MODES),
  observed: mostly(true, false),
  tighten: mostly([], [{ when: { freeText: true }, to: 'gated_send' as const }]),
});

const budget = fc.record({
  kind: fc.constant('sends:run'),
  limit: pick(0, 10),
  used: pick(0, 10),
  wanted: fc.constant(1),
  label: fc.constant('sends per run'),
});

function known(fact?: RecordedSendingFact['fact'], value = 0) {
  const recorded = fact === undefined ? [] : [{ provider: 'yahoo', fact, value, at: NOW }];
  return { domain: 'acme.example', recorded, sent: {} };
}

const OFFER = { id: 'spring', percent: 90, startsAt: NOW - 9 * DAY, endsAt: NOW + DAY };

const support: fc.Arbitrary<SupportFacts> = fc.record({
  offers: pick<SupportFacts['offers']>([], [OFFER], [{ ...OFFER, endsAt: NOW }]),
  facts: pick<SupportFacts['facts']>([], [{ id: 'five', text: 'Acme 5 is here' }]),
  claims: pick<SupportFacts['claims']>([], ['90% off']),
  hosts: pick<SupportFacts['hosts']>([], ['evil.example']),
  deadlines: pick<NonNullable<SupportFacts['deadlines']>>(
    [],
    [{ deal: toDeal(OFFER), endsAt: NOW - DAY }],
  ),
});

const thread: fc.Arbitrary<ThreadFacts> = fc
  .record({
    parentFrom: fc.constant(parseAddress('ana@example.com')),
    parentAuthenticated: mostly(true, false),
    loopSigns: mostly<readonly string[]>([], ['list']),
    agentRepliesToday: mostly(0, 5),
    recipientsWroteHere: mostly(true, false),
    quotesThread: mostly(true, false),
  })
  .chain((quiet) => mostly<ThreadFacts>(quiet, { ...quiet, humanRepliedAt: NOW }));

const facts = fc.record({
  conversation: sometimes(fc.record({ newPeople: pick(0, 20), sameBody: pick(0, 5) })),
  support: sometimes(support),
  thread: sometimes(thread),
  phase: pick('request' as const, 'claim' as const),
  budgets: fc.array(budget, { maxLength: 1 }),
  pause: mostly<PauseFacts | undefined>(undefined, { scope: 'agent', reason: 'test' }),
  staleSuppressionSources: mostly<readonly string[]>([], ['crm']),
  unobserved: sometimes(fc.record({ sent: pick(0, 49, 50, 900) })),
  sending: mostly(known(), known('dmarc', 0), known('spamRate', 9_000)),
});

/** What a send may be decided on: anything that rules look at, in any combination. */
export const anyFacts: fc.Arbitrary<SendFacts> = fc
  .record({ audience, recipient, content, mailbox, facts })
  .map((given) => sendFacts(withoutUndefined(given) as GivenFacts));

type Given = Readonly<Record<string, object>>;

/** One level deep: an option that is not set is no member. */
function withoutUndefined(given: Given): Given {
  return Object.fromEntries(
    Object.entries(given).map(([name, part]) => [
      name,
      Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)),
    ]),
  );
}
