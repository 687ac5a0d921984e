import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { maskAddress } from '../../suppression/mask-address.ts';
import { htmlResponse } from '../../unsubscribe/responses.ts';
import type { UnsubscribeContext } from '../../unsubscribe/unsubscribe-context.ts';
import { confirmOptIn, findOptIn } from './confirm-opt-in.ts';
import { renderOptIn, renderOptInDone } from './pages.ts';

/**
 * Answers `/c/<token>`: GET and HEAD show what is agreed to and write nothing, because link scanners
 * open every link; POST confirms, and answers after the commit. Throws `TOKEN_INVALID` and
 * `OPT_IN_EXPIRED`.
 */
export async function answerOptIn(
  ctx: UnsubscribeContext,
  request: Request,
  token: string,
): Promise<Response> {
  const id = ctx.keys.readToken('opt_in', token);
  const target = id === undefined ? undefined : await findOptIn(ctx, id);
  if (target === undefined) throw new MailwardenError('TOKEN_INVALID');
  const { optIn } = target;
  const sender = [...ctx.mailboxes.values()].find(
    ({ sender: each }) => each?.id === optIn.sender_id,
  );
  const view = {
    legalName: sender?.sender?.legalName ?? '',
    postalAddress: sender?.sender?.postalAddress ?? '',
    recipient: maskAddress(target.recipient),
    statement: optIn.statement,
  };
  if (request.method === 'POST') {
    await confirmOptIn(ctx, target);
    return htmlResponse(200, renderOptInDone(view));
  }
  if (optIn.confirmed_at !== null) return htmlResponse(200, renderOptInDone(view));
  if (optIn.expires_at <= ctx.now()) throw new MailwardenError('OPT_IN_EXPIRED');
  return htmlResponse(200, renderOptIn(view));
}
