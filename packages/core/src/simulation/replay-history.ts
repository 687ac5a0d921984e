import { renderContent } from '../compose/render-content.ts';
import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { domainOf } from '../identity/address.ts';
import { createMessageId } from '../identity/message-id.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { ResolvedPolicy } from '../options/resolve-policy.ts';
import { answerOf, decide } from '../policy/decide.ts';
import { loadFacts } from '../policy/load-facts.ts';
import { believeCategory } from './believe-category.ts';
import { HistoryLedger } from './history-ledger.ts';
import { type HistoryMail, type HistorySource, readHistory } from './read-history.ts';
import type { SimulationTally } from './simulation-tally.ts';

/** It went out: nothing stood against it then. */
const SENT = { effect: 'allow', code: 'SENT' } as const;

/**
 * Asks about every message of a history, in order of time, what the policy would have said, with the
 * contacts, consents and suppressions of today, the clock of then, and what each person had had by
 * then. Reads only; the history is held in memory, to be sorted.
 */
export async function replayHistory(
  ctx: Context,
  { policy, ...changed }: ResolvedPolicy,
  { history, tally }: { readonly history: HistorySource; readonly tally: SimulationTally },
): Promise<void> {
  const tried: Context = { ...ctx, ...changed, policy };
  const mails: HistoryMail[] = [];
  for await (const mail of readHistory(history)) {
    if ('message' in mail) tally.fail(mail);
    else if (!tried.mailboxes.has(mail.from)) {
      tally.fail({ line: mail.line, message: `There is no mailbox ${mail.from}.` });
    } else mails.push(mail);
  }
  const ledger = new HistoryLedger(tried);
  for (const mail of mails.sort((a, b) => a.at - b.at)) {
    const mailbox = tried.mailboxes.get(mail.from);
    if (mailbox !== undefined) await replayMail({ ctx: tried, mailbox, ledger, tally }, mail);
  }
}

interface Replaying {
  readonly ctx: Context;
  readonly mailbox: Mailbox;
  readonly ledger: HistoryLedger;
  readonly tally: SimulationTally;
}

async function replayMail(replaying: Replaying, mail: HistoryMail): Promise<void> {
  const { tally, ledger, mailbox } = replaying;
  if (mail.body === undefined) tally.count('withoutBody');
  // Marketing is one message to one recipient; other mail keeps its envelope.
  const envelopes = mail.category === 'marketing' ? mail.to.map((each) => [each]) : [mail.to];
  for (const to of envelopes) {
    const answer = await judgeMail(replaying, { ...mail, to });
    // It did go out, whatever this policy says.
    ledger.add(mailbox, { ...mail, to });
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
  { ctx, mailbox, ledger, tally }: Replaying,
  mail: HistoryMail,
): Promise<ReturnType<typeof answerOf> | undefined> {
  try {
    const content = toContent(ctx, mailbox, mail);
    const facts = await loadFacts(ctx.storage.db, ctx, {
      phase: 'request',
      mailbox,
      content,
      tags: [],
      storedDigest: undefined,
    });
    const { facts: believed, assumed } = believeCategory(facts);
    const answer = answerOf(decide(ctx.policy, ledger.fill({ ...believed, now: mail.at })));
    if (assumed !== undefined) tally.assume(assumed);
    return answer;
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
