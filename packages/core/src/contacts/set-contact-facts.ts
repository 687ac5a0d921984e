import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import { parseAddress } from '../identity/address.ts';
import { CONTACT_KINDS, type ContactKind } from '../storage/tables/people.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { reconsiderPeople } from '../tasks/reconsider-waiting.ts';
import { parseCountry } from './parse-country.ts';
import type { Provenance } from './provenance.ts';
import { upsertContacts } from './upsert-contacts.ts';

/** What the application knows about a person. What is left out stays as it is. */
export interface ContactFactsInput {
  readonly name?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** ISO 3166-2 after the hyphen: `CA` for California. */
  readonly region?: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone?: string;
  readonly kind?: ContactKind;
  /** The file, form or partner that the contact came from. */
  readonly source?: string;
  readonly provenance?: Provenance;
}

const FIELDS: readonly (keyof ContactFactsInput)[] = [
  'name',
  'country',
  'region',
  'timeZone',
  'kind',
  'source',
  'provenance',
];

/**
 * Makes the contact if there is none and records facts about it; what waits for them is decided
 * again at the next sweep. Throws `ARGUMENT_INVALID`, `ARGUMENT_UNKNOWN` or `PERSON_ERASED`.
 */
export async function setContactFacts(
  ctx: Context,
  text: string,
  facts: ContactFactsInput,
): Promise<{ readonly contactId: string }> {
  const address = parseAddress(text);
  const patch = toPatch(facts);
  const contactId = await ctx.storage.unit(async (tx) => {
    const at = ctx.now();
    const identity = ctx.keys.identify(address);
    await lockRecipients(tx, ctx, [identity]);
    const id = (await upsertContacts(tx, ctx, [{ address }])).get(address);
    if (id === undefined) throw new MailwardenError('PERSON_ERASED');
    await tx
      .updateTable('contact')
      .set({ ...patch, updated_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', id)
      .execute();
    await reconsiderPeople(tx, ctx, [identity]);
    const set = Object.keys(patch).join(' ');
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'contact.facts_set', actor: 'system', data: { contactId: id, set } },
    ]);
    return id;
  });
  ctx.wake();
  return { contactId };
}

function toPatch(facts: ContactFactsInput) {
  const unknown = Object.keys(facts).filter((key) => !(FIELDS as string[]).includes(key));
  if (unknown.length > 0) {
    throw new MailwardenError('ARGUMENT_UNKNOWN', {
      detail: `A contact has no ${unknown.join(', ')}; it has ${FIELDS.join(', ')}.`,
    });
  }
  const { name, country, region, timeZone, kind, source, provenance } = facts;
  if (kind !== undefined && !CONTACT_KINDS.includes(kind))
    throw invalid('kind', CONTACT_KINDS.join(', '));
  if (region !== undefined && !/^[A-Z0-9]{1,3}$/.test(region)) {
    throw invalid('region', 'the part of an ISO 3166-2 code after the hyphen, such as "CA"');
  }
  if (source !== undefined && !/^[^\p{Cc}]{1,200}$/u.test(source)) {
    throw invalid('source', '1–200 characters');
  }
  if (provenance !== undefined && provenance.how.trim() === '') {
    throw invalid('provenance.how', 'how the address was collected');
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(country === undefined ? {} : { country: parseCountry(country) }),
    ...(region === undefined ? {} : { region }),
    ...(timeZone === undefined ? {} : { time_zone: parseTimeZone(timeZone) }),
    ...(kind === undefined ? {} : { kind }),
    ...(source === undefined ? {} : { source }),
    ...(provenance === undefined ? {} : { provenance: JSON.stringify(provenance) }),
  };
}

function parseTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw invalid('timeZone', 'an IANA name such as "Europe/Berlin"');
  }
}

function invalid(field: string, wanted: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${field} has to be: ${wanted}.`,
    fields: { argument: field },
  });
}
