import { uuidv7 } from 'uuidv7';
import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { findAttachments } from '../../messages/find-attachments.ts';
import type { OutboundAttachment } from '../../messages/outbound-content.ts';
import {
  type ExceededLimit,
  findExceededLimit,
} from '../../policy/conversation/conversation-limit.ts';
import { loadConversationFacts } from '../../policy/conversation/load-conversation-facts.ts';
import { toOwnWords } from '../../policy/conversation/own-words.ts';
import { quotesThread } from '../../policy/conversation/quotes-thread.ts';
import { isInternal } from '../../policy/is-internal.ts';
import { loadRecipientFacts } from '../../policy/load-recipient-facts.ts';
import { answersThread } from '../../policy/load-thread-facts.ts';
import type { Category } from '../../policy/modes.ts';
import { resolveCategory } from '../../policy/resolve-category.ts';
import type { Db } from '../../storage/database.ts';
import { renderTemplate } from '../../templates/render-template.ts';
import { templateHash } from '../../templates/template-hash.ts';
import type { Draft } from './draft.ts';
import { type DraftStanding, loadStandings } from './load-standings.ts';

/** What a draft turned out to be. */
export interface ResolvedDraft {
  readonly draft: Draft;
  readonly subject: string;
  readonly body: string;
  readonly category: Category;
  readonly templateHash?: string;
  readonly attachments: readonly OutboundAttachment[];
  /** What the author is told about the category. */
  readonly notices: readonly string[];
}

/**
 * Fills in the template, finds the attachments and settles the category; `standing` saves the look-up
 * for who knows it already.
 */
export async function resolveDraft(
  db: Db,
  ctx: Context,
  draft: Draft,
  standing?: DraftStanding,
): Promise<ResolvedDraft> {
  const text = fillTemplate(ctx, draft);
  const recipients = [...draft.to, ...draft.cc, ...draft.bcc];
  const { approved, related: known } = standing ?? (await loadStanding(db, ctx, draft));
  const answers =
    draft.parent !== undefined && (await answersThread(db, ctx, draft.parent, recipients));
  const related = !answers && known;
  const exceeded =
    answers || related
      ? await findExceeded(db, ctx, draft, { body: text.body, answers })
      : undefined;
  const declared = ctx.templates.get(draft.template ?? '')?.category ?? 'marketing';
  const category = resolveCategory({
    requested: draft.requestedCategory,
    recipientCount: recipients.length,
    answersRecipients: answers,
    exceedsLimit: exceeded !== undefined,
    allInternal: recipients.every((address) => isInternal(ctx, address)),
    allRelated: related,
    ...(draft.template === undefined ? {} : { template: { category: declared, approved } }),
  });
  const attachments = await findAttachments(db, ctx, draft.mailbox, draft.attachmentIds);
  checkAttachments(ctx, attachments);
  const notices =
    exceeded === undefined || category !== 'marketing'
      ? []
      : [`It counts as marketing: ${exceeded.reason}.`];
  return { draft, ...text, category, attachments, notices };
}

async function loadStanding(db: Db, ctx: Context, draft: Draft): Promise<DraftStanding> {
  const [standing] = await loadStandings(db, ctx, [draft]);
  if (standing === undefined) throw new MailwardenError('INTERNAL');
  return standing;
}

/** Whether answers like this one went to so many that they are none; the claim asks again. */
async function findExceeded(
  db: Db,
  ctx: Context,
  { mailbox, to, cc, bcc, parent }: Draft,
  { body, answers }: { readonly body: string; readonly answers: boolean },
): Promise<ExceededLimit | undefined> {
  const messageId = uuidv7();
  const all = [...to, ...cc, ...bcc];
  const recipients = await loadRecipientFacts(
    db,
    ctx,
    { mailbox: mailbox.address, messageIds: [messageId] },
    all,
  );
  const thread =
    parent === undefined
      ? undefined
      : { quotesThread: await quotesThread(db, ctx, parent.thread_id, body) };
  const own = toOwnWords(body, thread);
  const question = { phase: 'request', mailbox, messageId, body: own } as const;
  const known = await loadConversationFacts(db, ctx, question, recipients);
  return findExceededLimit(known, recipients, answers);
}

function checkAttachments(ctx: Context, attachments: readonly OutboundAttachment[]): void {
  const bytes = attachments.reduce((sum, attachment) => sum + attachment.size, 0);
  const limit = ctx.settings.maxAttachmentBytes;
  if (bytes <= limit) return;
  throw new MailwardenError('BODY_TOO_LARGE', {
    detail: `The attachments have ${bytes} bytes together, the limit is ${limit}.`,
    fields: { bytes, limit },
  });
}

function fillTemplate(
  ctx: Context,
  draft: Draft,
): { readonly subject: string; readonly body: string; readonly templateHash?: string } {
  if (draft.template === undefined) {
    return { subject: required(draft.subject, 'subject'), body: required(draft.body, 'body') };
  }
  const template = ctx.templates.get(draft.template);
  if (template === undefined) {
    const choices = [...ctx.templates.keys()].join(', ') || 'none';
    throw new MailwardenError('TEMPLATE_UNKNOWN', { detail: `There are: ${choices}.` });
  }
  if (draft.body !== undefined || draft.subject !== undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'A template gives subject and body; leave both out and set variables.',
      fields: { argument: 'body' },
    });
  }
  return { ...renderTemplate(template, draft.variables), templateHash: templateHash(template) };
}

function required(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${name} is missing.`,
    fields: { argument: name },
  });
}
