import type { MailboxProvider, ProviderRequirement } from './mailbox-provider.ts';

/** SPF and DKIM, DMARC, alignment: the same words for every provider that asks for them. */
const authentication = (sources: {
  readonly spfDkim: string;
  readonly dmarc: string;
  readonly alignment: string;
}): readonly ProviderRequirement[] => [
  {
    facts: ['spf', 'dkim'],
    effect: 'block',
    code: 'PROVIDER_SPF_DKIM_MISSING',
    source: sources.spfDkim,
    message:
      'The provider asks bulk senders for SPF and DKIM, and one of them is missing; tell your operator.',
  },
  {
    facts: ['dmarc'],
    effect: 'block',
    code: 'PROVIDER_DMARC_MISSING',
    source: sources.dmarc,
    message:
      'The provider asks bulk senders for a DMARC record, and there is none; tell your operator.',
  },
  {
    facts: ['aligned'],
    effect: 'block',
    code: 'PROVIDER_ALIGNMENT',
    source: sources.alignment,
    message:
      'The From domain is aligned with neither SPF nor DKIM, as the provider asks; tell your operator.',
  },
];

const spamRate = (source: string): ProviderRequirement => ({
  facts: ['spamRate'],
  below: 3_000,
  effect: 'hold',
  code: 'PROVIDER_SPAM_RATE',
  source,
  message:
    'Too many people at this provider call the mail spam; marketing to it waits until the rate is below 0.3 %.',
});

const gmail: MailboxProvider = {
  id: 'gmail',
  title: 'Gmail',
  domains: ['gmail.com', 'googlemail.com'],
  bulk: { from: 5_000, permanent: true },
  requirements: [
    ...authentication({
      spfDkim:
        'Google, email sender guidelines: 5,000 or more a day; 421, 550 5.7.26, 5.7.27, 5.7.30',
      dmarc: 'Google, email sender guidelines: 5,000 or more a day; p=none is enough',
      alignment: 'Google, email sender guidelines: 5,000 or more a day; 550 5.7.32',
    }),
    {
      facts: ['ptr'],
      effect: 'block',
      code: 'PROVIDER_PTR_MISSING',
      source: 'Google, email sender guidelines; 550 5.7.23, 5.7.25',
      message:
        'The sending address has no valid reverse DNS, as the provider asks; tell your operator.',
    },
    {
      facts: ['tls'],
      effect: 'block',
      code: 'PROVIDER_TLS_MISSING',
      source: 'Google, email sender guidelines',
      message: 'Mail leaves without TLS, which the provider asks for; tell your operator.',
    },
    spamRate('Google, email sender guidelines FAQ; 550 5.7.28'),
  ],
};

const yahoo: MailboxProvider = {
  id: 'yahoo',
  title: 'Yahoo and AOL',
  domains: [
    ...['yahoo.com', 'ymail.com', 'rocketmail.com', 'myyahoo.com', 'aol.com', 'aim.com'],
    ...['yahoo.co.uk', 'yahoo.co.in', 'yahoo.co.id', 'yahoo.co.nz', 'yahoo.co.th', 'yahoo.co.za'],
    ...['yahoo.ca', 'yahoo.de', 'yahoo.dk', 'yahoo.es', 'yahoo.fr', 'yahoo.gr', 'yahoo.ie'],
    ...['yahoo.in', 'yahoo.it', 'yahoo.nl', 'yahoo.no', 'yahoo.pl', 'yahoo.ro', 'yahoo.se'],
    ...['yahoo.com.ar', 'yahoo.com.au', 'yahoo.com.br', 'yahoo.com.hk', 'yahoo.com.mx'],
    ...['yahoo.com.my', 'yahoo.com.ph', 'yahoo.com.sg', 'yahoo.com.tr', 'yahoo.com.tw'],
    ...['yahoo.com.vn', 'aol.co.uk', 'aol.de', 'aol.fr'],
  ],
  requirements: [
    ...authentication({
      spfDkim: 'Yahoo, sender best practices: bulk senders',
      dmarc: 'Yahoo, sender best practices: bulk senders; p=none is enough',
      alignment: 'Yahoo, sender best practices: bulk senders',
    }),
    spamRate('Yahoo, sender best practices: below 0.3 %'),
  ],
};

const microsoft: MailboxProvider = {
  id: 'microsoft',
  title: 'Microsoft consumer mail',
  domains: [
    ...['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    ...['outlook.de', 'outlook.es', 'outlook.fr', 'outlook.it', 'outlook.com.au', 'outlook.com.br'],
    ...['hotmail.co.uk', 'hotmail.de', 'hotmail.es', 'hotmail.fr', 'hotmail.it', 'hotmail.nl'],
    ...['live.at', 'live.be', 'live.ca', 'live.co.uk', 'live.com.au', 'live.com.mx', 'live.de'],
    ...['live.dk', 'live.fr', 'live.ie', 'live.it', 'live.nl', 'live.no', 'live.se'],
  ],
  // More than 5,000.
  bulk: { from: 5_001, permanent: false },
  requirements: authentication({
    spfDkim: 'Microsoft, Outlook high-volume senders, from 5 May 2025; 550 5.7.515',
    dmarc: 'Microsoft, Outlook high-volume senders; p=none is enough; 550 5.7.515',
    alignment: 'Microsoft, Outlook high-volume senders; 550 5.7.515',
  }),
};

/** What mailbox providers ask of bulk mail. */
export const MAILBOX_PROVIDERS: readonly MailboxProvider[] = [gmail, yahoo, microsoft];

/** The provider whose requirements cover a recipient's domain (lower case). */
export function providerOf(domain: string): MailboxProvider | undefined {
  return PROVIDER_BY_DOMAIN.get(domain);
}

const PROVIDER_BY_DOMAIN: ReadonlyMap<string, MailboxProvider> = new Map(
  MAILBOX_PROVIDERS.flatMap((provider) =>
    provider.domains.map((domain) => [domain, provider] as const),
  ),
);
