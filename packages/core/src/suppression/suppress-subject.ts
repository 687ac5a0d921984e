import { parseSender } from '../consent/parse-consent.ts';
import type { Context } from '../context.ts';
import type { ReviewerSuppressOptions } from '../principal/handles.ts';
import { parseSubject } from './parse-subject.ts';
import { suppress, suppressDomain } from './suppress.ts';

/**
 * What a reviewer or the application asks for, about an address or a domain; resolves when the
 * journal, if there is one, has it too.
 */
export async function suppressSubject(
  ctx: Context,
  source: string,
  text: string,
  options: ReviewerSuppressOptions = {},
): Promise<void> {
  const subject = parseSubject(text);
  const details = {
    scope: options.scope ?? 'all',
    reason: options.reason ?? 'manual',
    source,
    // Held against a sender that does not exist, it would stop nothing.
    senderId: options.senderId === undefined ? undefined : parseSender(ctx, options.senderId),
    note: options.note,
  };
  await ctx.storage.unit((tx) =>
    subject.kind === 'domain'
      ? suppressDomain(tx, ctx, { ...details, domain: subject.domain })
      : suppress(tx, ctx, { ...details, address: subject.address }),
  );
  await ctx.journal?.flush();
}
