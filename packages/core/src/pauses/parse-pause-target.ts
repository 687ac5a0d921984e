import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { refuseUnknown, toChoice, toText } from '../operations/parse-arguments.ts';
import { resolveMailbox } from '../operations/resolve-mailbox.ts';
import type { ReviewerPrincipal, SystemPrincipal } from '../principal/principal.ts';
import { EVERY_TENANT, type PauseScope } from './pause-scope.ts';

/**
 * What a pause stops: a mailbox by its address, one campaign, what one agent wrote, all mail of this
 * tenant, or everything in the database, whatever the tenant.
 */
export type PauseTarget =
  | string
  | { readonly mailbox: string }
  | { readonly campaign: string }
  | { readonly agent: string }
  | { readonly all: 'tenant' | 'everything' };

/** A target as its row names it. */
export interface PauseKey {
  readonly tenant: string;
  readonly scope: PauseScope;
  readonly subject: string;
}

/**
 * Whoever sees some mailboxes only stops these. Throws `ARGUMENT_INVALID`, `ARGUMENT_UNKNOWN`,
 * `MAILBOX_UNKNOWN`, `NOT_PERMITTED`.
 */
export function parsePauseTarget(
  ctx: Context,
  principal: ReviewerPrincipal | SystemPrincipal,
  target: PauseTarget,
): PauseKey {
  const { tenant } = ctx;
  const asked = typeof target === 'object' && target !== null ? target : { mailbox: target };
  refuseUnknown(asked, ['mailbox', 'campaign', 'agent', 'all'], 'pause');
  const [name = 'mailbox', ...others] = Object.keys(asked);
  if (others.length > 0) throw invalid('Pause one of mailbox, campaign, agent and all at a time.');
  const value = Object.values(asked)[0];
  if (name === 'mailbox') {
    const { address } = resolveMailbox(ctx, principal, toText(value, 'mailbox'));
    return { tenant, scope: 'mailbox', subject: address };
  }
  if (principal.kind === 'reviewer' && principal.mailboxes !== undefined) {
    throw refused('This reviewer sees some mailboxes only, and can pause no more than these.');
  }
  if (name === 'all') {
    const scope = toChoice(value, 'all', ['tenant', 'everything']);
    if (scope === undefined) throw invalid('all has to be tenant or everything.');
    if (scope === 'tenant') return { tenant, scope, subject: '' };
    if (principal.kind === 'system') return { tenant: EVERY_TENANT, scope, subject: '' };
    throw refused('Only the application can pause every tenant.');
  }
  const subject = toText(value, name)?.trim();
  if (subject === undefined) throw invalid(`${name} has to be named.`);
  return { tenant, scope: name === 'campaign' ? name : 'agent', subject };
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', { detail, fields: { argument: 'pause' } });
}

function refused(detail: string): MailwardenError {
  return new MailwardenError('NOT_PERMITTED', { detail });
}
