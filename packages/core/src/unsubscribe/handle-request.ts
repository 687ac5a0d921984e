import { answerOptIn } from '../consent/opt-in/answer-opt-in.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { ERASED } from '../rights/erased.ts';
import { maskAddress } from '../suppression/mask-address.ts';
import { findUnsubscribeTarget, type UnsubscribeTarget } from './find-unsubscribe-target.ts';
import { loadPreferenceView } from './load-preference-view.ts';
import { renderConfirmation, renderError, renderQuestion, renderSaved } from './pages.ts';
import { readChoice } from './read-choice.ts';
import { htmlResponse, textResponse } from './responses.ts';
import { savePreferences } from './save-preferences.ts';
import { unsubscribe } from './unsubscribe.ts';
import type { UnsubscribeContext } from './unsubscribe-context.ts';

const PATH = /\/([uc])\/([^/]+)$/;
const METHODS = ['GET', 'HEAD', 'POST'];
/** What a mail client that got a 503 waits before it asks again, seconds. */
const RETRY_AFTER = '60';

/**
 * Answers `/u/<token>`, and `/c/<token>` of a double opt-in, below any path. POST unsubscribes (RFC 8058: no cookie, no redirect, the
 * same again when repeated), or saves the preferences when it comes from that form on our page, and
 * answers only after the commit; GET and HEAD show a page and change
 * nothing, because link scanners open every link. Never throws: faults become 503 with
 * Retry-After.
 */
export async function handleRequest(ctx: UnsubscribeContext, request: Request): Promise<Response> {
  const response = await answer(ctx, request).catch((error: unknown) =>
    toErrorResponse(ctx, error),
  );
  return request.method === 'HEAD' ? new Response(null, response) : response;
}

async function answer(ctx: UnsubscribeContext, request: Request): Promise<Response> {
  const [, page, token] = PATH.exec(new URL(request.url).pathname) ?? [];
  if (token === undefined) throw new MailwardenError('NOT_FOUND');
  if (!METHODS.includes(request.method)) {
    return textResponse(405, 'Use GET or POST.', { Allow: METHODS.join(', ') });
  }
  if (page === 'c') return answerOptIn(ctx, request, token);
  const target = await getTarget(ctx, token);
  if (request.method !== 'POST') {
    const wanted = await loadPreferenceView(ctx, target);
    return htmlResponse(200, renderQuestion(toView(target), wanted));
  }
  const choice = await readChoice(request);
  // An old page of an erased record offers what cannot be kept: less than asked for is no mail.
  if (choice.scope === 'preferences' && target.recipient !== ERASED) {
    await savePreferences(ctx, target, choice.form);
    return htmlResponse(200, renderSaved(toView(target), await loadPreferenceView(ctx, target)));
  }
  const scope =
    choice.scope === 'topic' && target.topic !== null ? `topic:${target.topic}` : 'marketing';
  await unsubscribe(ctx, target, { scope, via: choice.via });
  if (choice.via === 'one-click') return textResponse(200, 'You are unsubscribed.');
  return htmlResponse(200, renderConfirmation(toView(target), scope));
}

/** Forged, cut off or forgotten: the answer is the same, so that nobody learns how near it was. */
async function getTarget(ctx: UnsubscribeContext, token: string): Promise<UnsubscribeTarget> {
  const deliveryId = ctx.keys.readToken('unsubscribe', token);
  const target =
    deliveryId === undefined
      ? undefined
      : await findUnsubscribeTarget(ctx.storage.db, ctx, deliveryId);
  if (target === undefined) throw new MailwardenError('TOKEN_INVALID');
  return target;
}

function toView(target: UnsubscribeTarget) {
  return { ...target.sender, recipient: toShown(target), topic: target.topic };
}

/** A link in mail whose record was erased still unsubscribes whoever has it. */
function toShown({ recipient }: UnsubscribeTarget): string {
  return recipient === ERASED ? 'your address' : maskAddress(recipient);
}

function toErrorResponse(ctx: UnsubscribeContext, error: unknown): Response {
  const known = error instanceof MailwardenError;
  if (!known) ctx.report(error);
  // What is unforeseen counts as "not now": a client that asks again loses nobody's wish.
  const { code, info } = known ? error : new MailwardenError('STORAGE_UNAVAILABLE');
  const headers = info.httpStatus === 503 ? { 'Retry-After': RETRY_AFTER } : {};
  return htmlResponse(info.httpStatus, renderError(info.httpStatus, code), headers);
}
