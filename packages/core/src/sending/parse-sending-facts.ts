import { MailwardenError } from '../errors/mailwarden-error.ts';
import { refuseUnknown, toInstant, toText } from '../operations/parse-arguments.ts';
import { DOMAIN_FACTS, type DomainFact } from '../policy/providers/mailbox-provider.ts';
import { MAILBOX_PROVIDERS } from '../policy/providers/mailbox-providers.ts';
import type { SendingFactTable } from '../storage/tables/sending.ts';

/** What was found out about a sending domain. What is left out stays as it is, and gets older. */
export interface SendingFactsInput extends Partial<Readonly<Record<DomainFact, boolean>>> {
  /** The primary domain, such as `acme.example`, of mailboxes at it and below it. */
  readonly domain: string;
  /** Mail passes SPF. */
  readonly spf?: boolean;
  /** Mail passes DKIM. */
  readonly dkim?: boolean;
  /** There is a DMARC record; `p=none` is enough. */
  readonly dmarc?: boolean;
  /** The From domain is aligned with SPF or DKIM. */
  readonly aligned?: boolean;
  /** The sending address has reverse DNS that leads back to it. */
  readonly ptr?: boolean;
  /** Mail leaves over TLS. */
  readonly tls?: boolean;
  /** Provider (`gmail`, `yahoo`) to the share of mail that people call spam: 0.003 is 0.3 %. */
  readonly spamRate?: Readonly<Record<string, number>>;
  /** It counts as a bulk sender everywhere, for good, whatever Mailwarden itself has sent. */
  readonly bulk?: true;
  /** When it was found out: ISO 8601 with offset, or epoch ms. @default now */
  readonly at?: string | number;
}

/** Checked, as rows. */
export interface ParsedSendingFacts {
  readonly domain: string;
  readonly at: number;
  readonly facts: readonly Pick<SendingFactTable, 'provider' | 'fact' | 'value'>[];
}

/** Throws `ARGUMENT_INVALID`, `ARGUMENT_UNKNOWN`. */
export function parseSendingFacts(input: SendingFactsInput, now: number): ParsedSendingFacts {
  const known = ['domain', ...DOMAIN_FACTS, 'spamRate', 'bulk', 'at'];
  refuseUnknown(input, known, 'recordSendingFacts');
  const at = toInstant(input.at, 'at') ?? now;
  if (at > now) throw invalid('at', 'a moment that has been');
  const facts = [
    ...parseFlags(input),
    ...parseSpamRates(input.spamRate ?? {}),
    ...parseBulk(input),
  ];
  if (facts.length === 0) throw invalid('recordSendingFacts', 'at least one fact');
  const domain = toText(input.domain, 'domain')?.trim().toLowerCase() ?? '';
  return { domain, at, facts };
}

function parseFlags(input: SendingFactsInput): ParsedSendingFacts['facts'] {
  return DOMAIN_FACTS.flatMap((fact) => {
    const value: unknown = input[fact];
    if (value === undefined) return [];
    if (typeof value !== 'boolean') throw invalid(fact, 'true or false');
    return [{ provider: '', fact, value: value ? 1 : 0 }];
  });
}

function parseSpamRates(
  rates: NonNullable<SendingFactsInput['spamRate']>,
): ParsedSendingFacts['facts'] {
  const ids = MAILBOX_PROVIDERS.map(({ id }) => id);
  refuseUnknown(rates, ids, 'spamRate');
  return Object.entries(rates).map(([provider, rate]) => {
    if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) {
      throw invalid(`spamRate.${provider}`, 'a share from 0 to 1: 0.003 is 0.3 %');
    }
    return { provider, fact: 'spamRate', value: Math.round(rate * 1_000_000) };
  });
}

/** Nothing that is said here ends it: the provider has not forgotten either. */
function parseBulk({ bulk }: { readonly bulk?: unknown }): ParsedSendingFacts['facts'] {
  if (bulk === undefined) return [];
  if (bulk !== true) throw invalid('bulk', 'true, or left out: who is a bulk sender stays one');
  return [{ provider: '', fact: 'bulk', value: 1 }];
}

function invalid(field: string, wanted: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${field} has to be: ${wanted}.`,
    fields: { argument: field },
  });
}
