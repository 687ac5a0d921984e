import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { ResolvedDraft } from './resolve-draft.ts';

/** One draft per recipient when it is marketing; other mail keeps one envelope. */
export function fanOut(resolved: ResolvedDraft): readonly ResolvedDraft[] {
  const { draft, category } = resolved;
  const shared = draft.cc.length + draft.bcc.length > 0;
  if (category !== 'marketing' || shared || draft.to.length < 2) return [resolved];
  if (draft.revises !== undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'revises replaces one message; give its one recipient.',
      fields: { argument: 'revises' },
    });
  }
  return draft.to.map((address) => ({ ...resolved, draft: { ...draft, to: [address] } }));
}
