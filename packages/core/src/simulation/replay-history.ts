import { renderContent } from '../compose/render-content.ts';
import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { domainOf } from '../identity/address.ts';
import { createMessageId } from '../identity/message-id.ts';
import { digestOutbound } from '../messages/digest-outbound.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { ResolvedPolicy } from '../options/resolve-policy.ts';
import { answerOf, decide } from '../policy/decide.ts';
import { loadFacts } from '../policy/load-facts.ts';
import { type HistoryMail, type HistorySource, readHistory } from './read-history.ts';
import type { SimulationTally } from './simulation-tally.ts';

/** It went out: nothing stood against it then. */
const SENT = { effect: 'allow', code: 'SENT' } as const;

/**
 * Asks about every message of a history what the policy would have said, with the contacts, consents
 * and suppressions of today and the clock of then. Reads only.
 */
export async function replayHistory(
  ctx: Context,
  { policy, ...changed }: ResolvedPolicy,
  { history, tally }: { readonly history: HistorySource; readonly tally: SimulationTally },
): Promise<void> {
  const tried: Context = { ...ctx, ...changed, policy };
  for await (const mail of readHistory(history)) {
    if ('message' in mail) tally.fail(mail);
    else await replayMail(tried, mail, tally);
  }
}

async function replayMail(ctx: Context, mail: HistoryMail, tally: SimulationTally): Promise<void> {
  const mailbox = ctx.mailboxes.get(mail.from);
  if (mailbox === undefined) {
    tally.fail({ line: mail.line, message: `There is no mailbox ${mail.from}.` });
    return;
  }
  if (mail.body === undefined) tally.count('withoutBody');
  // Marketing is one message to one recipient; other mail keeps its envelope.
  const envelopes = mail.category === 'marketing' ? mail.to.map((each) => [each]) : [mail.to];
  for (const to of envelopes) {
    const answer = await judgeMail(ctx, mailbox, { ...mail, to });
    if (answer === undefined) {
      tally.miss('content');
      continue;
    }
    const from = answer.effect === 'allow' ? answer : SENT;
    tally.compare(from, answer, { id: `line ${mail.line}`, recipients: to.length });
  }
}

/** Undefined for what cannot be made into mail: one odd row ends no run. Throws what the database does. */
async function judgeMail(
  ctx: Context,
  mailbox: Mailbox,
  mail: HistoryMail,
): Promise<ReturnType<typeof answerOf> | undefined> {
  try {
    const content = toContent(ctx, mailbox, mail);
    const facts = await loadFacts(ctx.storage.db, ctx, {
      phase: 'request',
      mailbox,
      content,
      tags: [],
      storedDigest: digestOutbound(content, mailbox),
      budgets: () => Promise.resolve([]),
    });
    return answerOf(decide(ctx.policy, { ...facts, now: mail.at }));
  } catch (error) {
    if (error instanceof MailwardenError && error.info.httpStatus >= 500) throw error;
    return undefined;
  }
}

function toContent(ctx: Context, mailbox: Mailbox, mail: HistoryMail): OutboundContent {
  const { publicUrl } = ctx.settings;
  const { category, subject, topic, body = '' } = mail;
  const nonce = 'simulated-history';
  const rendered = renderContent({
    subject,
    body,
    category,
    nonce,
    mailboxAddress: mailbox.address,
    ...(mailbox.sender === undefined ? {} : { sender: mailbox.sender }),
    ...(topic === undefined ? {} : { topic }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  return {
    id: `history-${mail.line}`,
    mailbox: mailbox.address,
    threadId: `history-${mail.line}`,
    internetMessageId: createMessageId(domainOf(mailbox.address)),
    references: [],
    to: mail.to,
    cc: [],
    bcc: [],
    subject,
    body,
    text: rendered.text,
    html: rendered.html,
    headers: [],
    attachments: [],
    category,
    nonce,
    ...(topic === undefined ? {} : { topic }),
  };
}
