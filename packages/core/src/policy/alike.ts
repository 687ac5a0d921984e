import type { Context, Mailbox } from '../context.ts';
import { domainOf } from '../identity/address.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import { providerOf } from './providers/mailbox-providers.ts';

/** A message, and where it goes out from. */
export interface MailIn {
  readonly mailbox: Mailbox;
  readonly content: OutboundContent;
}

/** What is grouped, and for which of the two decisions. */
export interface Grouping<T> {
  readonly items: readonly T[];
  readonly phase: 'request' | 'claim';
  readonly toMail: (item: T) => MailIn;
}

/**
 * The items in groups whose facts can be loaded together, in order: marketing of one campaign to
 * different people, in which no decision changes what the next one sees. Whatever counts something
 * across messages stands alone: answers, and at claim what is counted and told there and nowhere
 * else (a daily limit, the ends of offers).
 */
export function groupAlike<T>(
  ctx: Pick<Context, 'keys' | 'settings'>,
  { items, phase, toMail }: Grouping<T>,
): readonly (readonly [T, ...T[]])[] {
  const groups: [T, ...T[]][] = [];
  let open: { key: string; people: Set<string> } | undefined;
  for (const item of items) {
    const mail = toMail(item);
    const key = alikeKey(ctx, phase, mail);
    const people = peopleOf(ctx, mail);
    const last = groups.at(-1);
    const known = open?.people ?? new Set();
    const joins = key !== undefined && key === open?.key && !people.some((one) => known.has(one));
    if (joins && last !== undefined) {
      last.push(item);
      for (const person of people) open?.people.add(person);
    } else {
      groups.push([item]);
      open = key === undefined ? undefined : { key, people: new Set(people) };
    }
  }
  return groups;
}

function alikeKey(
  { settings }: Pick<Context, 'settings'>,
  phase: Grouping<unknown>['phase'],
  mail: MailIn,
): string | undefined {
  const { mailbox, content } = mail;
  const [to, ...others] = [...content.to, ...content.cc, ...content.bcc];
  if (content.category !== 'marketing' || content.parentId !== undefined) return undefined;
  if (to === undefined || others.length > 0) return undefined;
  const isCounted = mailbox.dailyLimit !== undefined || settings.content.offers.length > 0;
  if (phase === 'claim' && isCounted) return undefined;
  const { topic, campaign, variant, template, templateHash } = content;
  const provider = providerOf(domainOf(to))?.id;
  const parts = [topic, campaign, variant, template, templateHash, provider];
  return JSON.stringify([mailbox.address, ...parts.map((part) => part ?? null)]);
}

function peopleOf({ keys }: Pick<Context, 'keys'>, { content }: MailIn): readonly string[] {
  const addresses = [...content.to, ...content.cc, ...content.bcc];
  return addresses.flatMap((address) => keys.identify(address).allCanonical);
}
