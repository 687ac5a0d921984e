import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { readBody } from '../unsubscribe/read-body.ts';
import { readMailgun } from './providers/mailgun.ts';
import { readPostmark } from './providers/postmark.ts';
import { readResend } from './providers/resend.ts';
import { readSendgrid } from './providers/sendgrid.ts';
import { readSes } from './providers/ses.ts';
import { recordPost } from './record-post.ts';
import { WEBHOOK_PROVIDERS, type WebhookOptions, type WebhookProvider } from './webhook-options.ts';
import type { WebhookReader } from './webhook-post.ts';

/** Answers what providers post; undefined for any other path. */
export type WebhookHandler = (request: Request) => Promise<Response> | undefined;

const PATH = /\/webhooks\/([^/]+)$/;
/** SNS posts at most 256 KiB, SendGrid batches of 768 kB. */
const MAX_BODY_BYTES = 1_048_576;

/**
 * Answers `POST /webhooks/<provider>`, below any path: 200 once everything that follows from the
 * events is committed, also for events that were there before and for mail that is not ours; 401,
 * 400, 403 or 409 with a code for what is not believed, of which nothing is written; 503 for what
 * the provider should post again. Never throws.
 */
export function createWebhookHandler(ctx: Context, options: WebhookOptions = {}): WebhookHandler {
  const readers = listReaders(ctx, options);
  return (request) => {
    const name = PATH.exec(new URL(request.url).pathname)?.[1];
    if (name === undefined) return undefined;
    const provider = WEBHOOK_PROVIDERS.find((each) => each === name);
    const reader = provider === undefined ? undefined : readers.get(provider);
    return answer(ctx, request, provider, reader).catch((error: unknown) => refuse(ctx, error));
  };
}

function listReaders(
  ctx: Context,
  { ses, sendgrid, postmark, mailgun, resend }: WebhookOptions,
): ReadonlyMap<WebhookProvider, WebhookReader> {
  const readers = new Map<WebhookProvider, WebhookReader>();
  if (ses !== undefined) readers.set('ses', readSes(ses, ctx.now));
  if (sendgrid !== undefined) readers.set('sendgrid', readSendgrid(sendgrid));
  if (postmark !== undefined) readers.set('postmark', readPostmark(postmark));
  if (mailgun !== undefined) readers.set('mailgun', readMailgun(mailgun));
  if (resend !== undefined) readers.set('resend', readResend(resend));
  return readers;
}

async function answer(
  ctx: Context,
  request: Request,
  provider: WebhookProvider | undefined,
  reader: WebhookReader | undefined,
): Promise<Response> {
  if (provider === undefined || reader === undefined) throw new MailwardenError('NOT_FOUND');
  if (request.method !== 'POST') return respond(405, 'Use POST.', { Allow: 'POST' });
  const body = await readBody(request, MAX_BODY_BYTES);
  const verified = await reader({ headers: request.headers, body, at: ctx.now() });
  await recordPost(ctx, provider, verified, body);
  return respond(200, 'ok');
}

function refuse(ctx: Context, error: unknown): Response {
  const known = error instanceof MailwardenError;
  if (!known) ctx.report(error);
  // What is unforeseen counts as "not now": the provider posts it again.
  const { code, info } = known ? error : new MailwardenError('STORAGE_UNAVAILABLE');
  return respond(info.httpStatus, `${code}: ${info.message}`, {
    ...(info.httpStatus === 503 ? { 'Retry-After': '60' } : {}),
    ...(code === 'WEBHOOK_FORGED' ? { 'WWW-Authenticate': 'Basic realm="webhooks"' } : {}),
  });
}

function respond(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const type = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return new Response(`${text}\n`, { status, headers: { ...type, ...headers } });
}
