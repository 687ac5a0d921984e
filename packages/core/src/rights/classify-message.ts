import type { Message } from '../storage/tables/message.ts';
import type { PersonMatcher } from './person-matcher.ts';
import { listWordColumns } from './scan-table.ts';

/** What a message has to do with a person. */
export type Involvement =
  /** It is from them or to them, or a report about mail to them. */
  | 'party'
  /** It is between others and names their address. */
  | 'named'
  | 'none';

const WORDS = listWordColumns('message') as readonly (keyof Message)[];

/** Looks at every recipient and at every word of a message. */
export function classifyMessage(row: Message, matcher: PersonMatcher): Involvement {
  const people = [row.from_address, row.reply_to ?? '', ...listRecipients(row)];
  if (people.some(matcher.isPerson)) return 'party';
  if (!WORDS.some((column) => names(row[column], matcher))) return 'none';
  // A bounce or an out-of-office note repeats the message that it answers.
  return row.auto_submitted === 1 ? 'party' : 'named';
}

/**
 * Whether an erasure has to look at a message closely: it has to do with the person, may forward
 * something of theirs, or names them and cannot be read.
 */
export function mayConcern(row: Message, matcher: PersonMatcher): boolean {
  if (row.direction === 'outbound' && row.attachments !== '[]') return true;
  try {
    return classifyMessage(row, matcher) !== 'none';
  } catch {
    return WORDS.some((column) => names(row[column], matcher));
  }
}

/** Everybody in To, Cc and Bcc. */
export function listRecipients(
  row: Pick<Message, 'to_addresses' | 'cc_addresses' | 'bcc_addresses'>,
): readonly string[] {
  return [row.to_addresses, row.cc_addresses, row.bcc_addresses].flatMap(
    (list) => JSON.parse(list) as string[],
  );
}

/** The columns of a message that name the person, as they read without the address. */
export function redactMessage(row: Message, { redactJson }: PersonMatcher): Partial<Message> {
  return Object.fromEntries(
    WORDS.flatMap((column) => {
      const value = row[column];
      if (typeof value !== 'string') return [];
      const clean = redactJson(value);
      return clean === value ? [] : [[column, clean]];
    }),
  );
}

function names(value: Message[keyof Message], { redactJson }: PersonMatcher): boolean {
  return typeof value === 'string' && redactJson(value) !== value;
}
