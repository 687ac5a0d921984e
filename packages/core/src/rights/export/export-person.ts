import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Message } from '../../storage/tables/message.ts';
import { classifyMessage } from '../classify-message.ts';
import { type Person, parsePerson } from '../person.ts';
import {
  listWordColumns,
  SCANNED,
  type ScannedRow,
  type ScannedTable,
  scanOf,
  scanTable,
  toRowKey,
} from '../scan-table.ts';
import { loadAudit } from './load-audit.ts';
import { loadMessages } from './load-messages.ts';
import { loadPerson } from './load-person.ts';
import type { ExportedMessage, PersonExport } from './person-export.ts';

/**
 * Everything that is held about a person, in every spelling of the address (GDPR art. 15, 20). It is
 * personal data of the highest density: hand it to nobody but them, and only once you know that it
 * is them. That it was made is on record. Throws `ADDRESS_INVALID`, `ARGUMENT_INVALID`.
 */
export async function exportPerson(ctx: Context, text: string): Promise<PersonExport> {
  const person = parsePerson(ctx, text);
  const messages: ExportedMessage[] = [];
  const mentions: PersonExport['mentions'][number][] = [];
  const ids: string[] = [];
  for await (const page of scanTable(ctx, 'message', person.words)) {
    const rows = page as unknown as readonly Message[];
    const groups = Map.groupBy(rows, (row) => classifyMessage(row, person.matcher));
    const theirs = groups.get('party') ?? [];
    messages.push(...(await loadMessages(ctx, theirs, person)));
    ids.push(...theirs.map(({ id }) => id));
    mentions.push(...listMentions('message', groups.get('named') ?? [], person));
  }
  const known = await loadPerson(ctx, person);
  const deliveries = messages.flatMap((each) => each.deliveries.map(({ delivery }) => delivery.id));
  const own = new Set([...known.keys, ...ids, ...(deliveries as string[])]);
  for (const table of Object.keys(SCANNED) as ScannedTable[]) {
    if (table !== 'message') mentions.push(...(await findMentions(ctx, table, person, own)));
  }
  const { events, audit } = await loadAudit(ctx, person, ids, deliveries as string[]);
  const { keys: _, ...held } = known;
  await record(ctx, person, { messages: messages.length, erased: held.erasures.length > 0 });
  return {
    version: 1,
    address: person.address,
    exportedAt: new Date(ctx.now()).toISOString(),
    ...held,
    messages: messages.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)),
    events,
    audit,
    mentions,
    notes: NOTES,
  };
}

function timeOf({ message }: ExportedMessage): string {
  return `${message.createdAt} ${message.id}`;
}

async function findMentions(
  ctx: Context,
  table: ScannedTable,
  person: Person,
  own: ReadonlySet<string>,
): Promise<PersonExport['mentions']> {
  const found: PersonExport['mentions'][number][] = [];
  for await (const page of scanTable(ctx, table, person.words)) {
    const others = page.filter((row) => !isOwn(table, row, own));
    found.push(...listMentions(table, others, person));
  }
  return found;
}

/** Theirs, or a part of what is theirs. */
function isOwn(table: ScannedTable, row: ScannedRow, own: ReadonlySet<string>): boolean {
  const { owner } = scanOf(table);
  return own.has(toId(table, row)) || (owner !== undefined && own.has(String(row[owner])));
}

function toId(table: ScannedTable, row: ScannedRow): string {
  return toRowKey(table, row).join(' ');
}

function listMentions(
  table: ScannedTable,
  rows: readonly object[],
  { matcher, canonicals }: Person,
): PersonExport['mentions'] {
  return rows.flatMap((row) => {
    const values = row as Readonly<Record<string, unknown>>;
    // Details of the audit that are the person's own are exported as such.
    if (table === 'audit_detail' && canonicals.has(String(values.person))) return [];
    const columns = listWordColumns(table).filter((column) => {
      const value = values[column];
      return typeof value === 'string' && matcher.redactJson(value) !== value;
    });
    return columns.length === 0 ? [] : [{ table, id: toId(table, values), columns }];
  });
}

async function record(
  ctx: Context,
  { address, canonicals }: Person,
  { messages, erased }: { readonly messages: number; readonly erased: boolean },
): Promise<void> {
  const [person] = canonicals;
  const details = erased || address === undefined ? {} : { address };
  await ctx.storage.unit((tx) =>
    appendEvents(tx, ctx.tenant, [
      {
        at: ctx.now(),
        type: 'person.exported',
        actor: 'system',
        data: { messages },
        details,
        ...(person === undefined ? {} : { person }),
      },
    ]),
  );
}

const NOTES: readonly string[] = [
  'Times are UTC, ISO 8601.',
  'What ends in … is the beginning of a hash. Instead of your address we keep hashes of it, made with a secret key: they let us know you again, and nobody can read you from them.',
  'A suppression is a rule that stops mail to you. It holds a hash and no address; one that covers a whole domain covers you as everybody there.',
  'Attachments are listed by name, type and size; ask for the files.',
  'Who received a message in blind copy is not shown to the others.',
  'Mentions say where your address stands in something that is about somebody else; the words are theirs. Answers of others in the same conversations may quote you.',
];
