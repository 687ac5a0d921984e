import type { Context } from '../../context.ts';
import type { Address } from '../../identity/address.ts';
import { isInternal } from '../../policy/is-internal.ts';
import { loadAudienceFacts } from '../../policy/load-audience-facts.ts';
import { loadApprovedTemplates } from '../../policy/load-facts.ts';
import type { Db } from '../../storage/database.ts';
import { templateHash } from '../../templates/template-hash.ts';
import type { Draft } from './draft.ts';

/** What is on record about a draft's template and its recipients. No send changes it. */
export interface DraftStanding {
  /** A person stands for exactly the template that it names. */
  readonly approved: boolean;
  /** The application or a person recorded a relationship with everybody outside. */
  readonly related: boolean;
}

/** Looked up for many drafts at once: two queries, and two more for each sender. */
export async function loadStandings(
  db: Db,
  ctx: Context,
  drafts: readonly Draft[],
): Promise<readonly DraftStanding[]> {
  const approvals = await loadApprovedTemplates(
    db,
    ctx,
    drafts.flatMap(({ template }) => template ?? []),
  );
  const related = await findRelated(db, ctx, drafts);
  return drafts.map((draft) => {
    const template = ctx.templates.get(draft.template ?? '');
    const approved =
      template !== undefined && approvals.get(template.id) === templateHash(template);
    return { approved, related: related.has(draft) };
  });
}

async function findRelated(
  db: Db,
  ctx: Context,
  drafts: readonly Draft[],
): Promise<ReadonlySet<Draft>> {
  const asked = drafts
    .filter((draft) => draft.template === undefined && draft.requestedCategory !== 'marketing')
    .map((draft) => ({ draft, outside: outsideOf(ctx, draft) }))
    .filter(({ outside }) => outside.length > 0);
  const related = new Set<Draft>();
  for (const [senderId, all] of Map.groupBy(asked, ({ draft }) => draft.mailbox.sender?.id)) {
    const addresses = all.flatMap(({ outside }) => outside);
    const audience = await loadAudienceFacts(db, ctx, { senderId }, addresses);
    let next = 0;
    for (const { draft, outside } of all) {
      const own = audience.slice(next, next + outside.length);
      next += outside.length;
      if (own.every(({ relationship }) => relationship !== undefined)) related.add(draft);
    }
  }
  return related;
}

function outsideOf(ctx: Context, { to, cc, bcc }: Draft): readonly Address[] {
  return [...to, ...cc, ...bcc].filter((address) => !isInternal(ctx, address));
}
