import type { Context } from '../context.ts';
import { isPassing } from '../dispatch/is-passing.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toMailwardenError } from '../errors/to-mailwarden-error.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import { inBatches } from './in-batches.ts';
import type { SendEmailInput } from './inputs.ts';
import type { SendOutcome } from './outcome.ts';
import type { Draft } from './send/draft.ts';
import { type DraftStanding, loadStandings } from './send/load-standings.ts';
import { parseDraft } from './send/parse-draft.ts';
import { resolveDraft } from './send/resolve-draft.ts';
import { submitDraft } from './send/send-draft.ts';
import { toSendOutcome } from './send/to-send-outcome.ts';
import { toRefusal } from './to-refusal.ts';

/** Calls that are understood, looked up and decided on together. */
const BATCH = 200;
/** Fewer when they are long: characters of body in one batch. */
const BATCH_LENGTH = 4_000_000;
/** How long a batch waits for the next input, ms. */
const LINGER = 20;

/**
 * Sends as `sendEmail` does for each input in turn, a batch at a time, and yields the outcomes in
 * order. The next batch is taken when the outcomes of this one have been.
 */
export async function* sendMany(
  ctx: Context,
  principal: AgentPrincipal,
  inputs: Iterable<SendEmailInput> | AsyncIterable<SendEmailInput>,
): AsyncGenerator<SendOutcome, void, undefined> {
  const batches = inBatches(inputs, {
    most: BATCH,
    length: (input) => (typeof input?.body === 'string' ? input.body.length : 0),
    mostLength: BATCH_LENGTH,
    linger: LINGER,
  });
  for await (const batch of batches) yield* await sendBatch(ctx, principal, batch);
}

async function sendBatch(
  ctx: Context,
  principal: AgentPrincipal,
  inputs: readonly SendEmailInput[],
): Promise<readonly SendOutcome[]> {
  const calls = inputs.map((input) => understand(ctx, principal, input));
  const drafts = calls.flatMap(({ draft }) => draft ?? []);
  try {
    return await sendCalls(ctx, principal, calls, await lookUp(ctx, drafts));
  } catch (error) {
    return calls.map(({ refused }) => refused ?? refuse(ctx, error));
  }
}

async function sendCalls(
  ctx: Context,
  principal: AgentPrincipal,
  calls: readonly Call[],
  standings: ReadonlyMap<Draft, DraftStanding>,
): Promise<readonly SendOutcome[]> {
  const sending: Promise<SendOutcome>[] = [];
  for (const { draft, refused } of calls) {
    if (draft === undefined) {
      sending.push(Promise.resolve(refused));
      continue;
    }
    const standing = standings.get(draft);
    // What such a message is, or may replace, depends on what became of those before.
    const waits = standing?.related !== false || draft.revises !== undefined;
    if (waits) await Promise.all(sending);
    const { outcome } = await handIn(ctx, principal, draft, standing);
    if (waits) await outcome;
    sending.push(outcome);
  }
  return Promise.all(sending);
}

type Call =
  | { readonly draft: Draft; readonly refused?: undefined }
  | { readonly draft?: undefined; readonly refused: SendOutcome };

function understand(ctx: Context, principal: AgentPrincipal, input: SendEmailInput): Call {
  try {
    return { draft: parseDraft(ctx, principal, input) };
  } catch (error) {
    return { refused: refuse(ctx, error) };
  }
}

/**
 * When one of them cannot be looked up with the others, each is asked about by itself, later. A fault
 * that may pass is thrown on: then nothing is known of any.
 */
async function lookUp(
  ctx: Context,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<Draft, DraftStanding>> {
  try {
    const standings = await loadStandings(ctx.storage.db, ctx, drafts);
    return new Map(standings.map((standing, at) => [drafts[at] as Draft, standing]));
  } catch (error) {
    if (isPassing(error)) throw error;
    return new Map();
  }
}

/** Resolves when the draft is in the queue of those to be decided on; `outcome` later. */
async function handIn(
  ctx: Context,
  principal: AgentPrincipal,
  draft: Draft,
  standing: DraftStanding | undefined,
): Promise<{ readonly outcome: Promise<SendOutcome> }> {
  try {
    const resolved = await resolveDraft(ctx.storage.db, ctx, draft, standing);
    const outcome = submitDraft(ctx, principal, resolved, undefined);
    return { outcome: outcome.catch((error: unknown) => refuse(ctx, error)) };
  } catch (error) {
    return { outcome: Promise.resolve(refuse(ctx, error)) };
  }
}

/** Of many calls none may end the others: what `send` would throw is reported, and is its outcome. */
function refuse(ctx: Context, error: unknown): SendOutcome {
  if (!(error instanceof MailwardenError)) ctx.report(error);
  return toSendOutcome([toRefusal(toMailwardenError(error))]);
}
