import type { Context } from '../../context.ts';
import type { Address } from '../../identity/address.ts';
import type { GroupSummary } from '../../operations/review-results.ts';
import type { Decision } from '../../policy/finding.ts';
import { loadAudienceFacts } from '../../policy/load-audience-facts.ts';
import type { Db } from '../../storage/database.ts';
import { PENDING_COLUMNS, type PendingRow } from '../load-pending-views.ts';
import { openFindings } from './review-group.ts';

/** A group by its oldest message. */
export interface CountedGroup {
  readonly id: string;
  readonly oldest: string;
  readonly count: number;
}

/** Describes groups by their oldest message, which has everything in common with the others. */
export async function loadSummaries(
  db: Db,
  ctx: Context,
  groups: readonly CountedGroup[],
): Promise<readonly GroupSummary[]> {
  if (groups.length === 0) return [];
  const rows = await db
    .selectFrom('message')
    .select(PENDING_COLUMNS)
    .select(['message.cc_addresses', 'message.bcc_addresses'])
    .where('message.tenant', '=', ctx.tenant)
    .where(
      'message.id',
      'in',
      groups.map(({ oldest }) => oldest),
    )
    .execute();
  const messages = new Map(rows.map((row) => [row.id, row]));
  const sources = await loadSources(db, ctx, rows);
  return groups.flatMap((group) => {
    const row = messages.get(group.oldest);
    return row === undefined ? [] : [toSummary(ctx, group, row, sources)];
  });
}

type Row = PendingRow & { readonly cc_addresses: string; readonly bcc_addresses: string };

function toSummary(
  ctx: Context,
  group: CountedGroup,
  row: Row,
  sources: ReadonlyMap<string, string>,
): GroupSummary {
  const open = row.decision === null ? [] : openFindings(JSON.parse(row.decision) as Decision);
  return {
    id: group.id,
    mailbox: row.mailbox,
    agent: row.agent ?? '',
    category: row.category ?? 'marketing',
    codes: [...new Set(open.map(({ code }) => code))],
    needs: open.some(({ needs, effect }) => needs === 'fact' && effect === 'hold')
      ? 'fact'
      : 'look',
    sources: [...new Set(recipientsOf(row).map((address) => sources.get(address) ?? ''))].filter(
      (source) => source !== '',
    ),
    subject: row.subject,
    count: group.count,
    createdAt: row.created_at,
    expiresAt: row.review_expires_at ?? row.created_at + ctx.settings.reviewExpiry,
    ...(row.campaign === null ? {} : { campaign: row.campaign }),
  };
}

/** As the rules were told when they decided. */
async function loadSources(
  db: Db,
  ctx: Context,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  const addresses = [...new Set(rows.flatMap(recipientsOf))];
  const facts = await loadAudienceFacts(db, ctx, { senderId: undefined }, addresses);
  return new Map(addresses.map((address, index) => [address, facts[index]?.source ?? '']));
}

function recipientsOf(row: Row): readonly Address[] {
  return [row.to_addresses, row.cc_addresses, row.bcc_addresses].flatMap(
    (list) => JSON.parse(list) as Address[],
  );
}
