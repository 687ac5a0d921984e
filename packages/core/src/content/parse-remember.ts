import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { RememberInput } from '../operations/inputs.ts';
import { refuseUnknown } from '../operations/parse-arguments.ts';
import { normalise } from '../policy/support.ts';
import { parseHost } from './parse-host.ts';

/** Longest that something is remembered, ms: 400 days. */
const MAX_AGE = 400 * 86_400_000;
const MAX_ITEMS = 50;

/** Checks what a reviewer wants remembered. Throws `ARGUMENT_INVALID`. */
export function parseRemember(
  ctx: Context,
  decision: 'approve' | 'reject',
  items: readonly RememberInput[],
): readonly RememberInput[] {
  if (!Array.isArray(items)) throw invalid('remember has to be a list.');
  if (items.length > 0 && decision === 'reject') throw invalid('remember goes with approve.');
  if (items.length > MAX_ITEMS) throw invalid(`remember takes ${MAX_ITEMS} at most.`);
  return items.map((item) => {
    refuseUnknown(item, ['kind', 'value', 'until'], 'remember');
    const { kind, value, until } = item;
    if (typeof value !== 'string') throw invalid('value has to be text.');
    const now = ctx.now();
    if (!(until > now && until <= now + MAX_AGE)) {
      throw invalid('until has to be epoch ms, ahead by at most 400 days.');
    }
    return { kind, until, value: toRememberedValue(kind, value) };
  });
}

/** The form in which it is compared. Throws `ARGUMENT_INVALID`. */
export function toRememberedValue(kind: RememberInput['kind'], value: string): string {
  switch (kind) {
    case 'claim':
    case 'fact': {
      const words = normalise(value);
      if (words.length >= 2 && words.length <= 500) return words;
      throw invalid(`A ${kind} to remember has 2 to 500 characters.`);
    }
    case 'host': {
      const host = parseHost(value);
      if (host !== undefined) return host;
      throw invalid('A host to remember is a name such as docs.example.com, and no shortener.');
    }
    default:
      throw invalid('kind has to be claim, fact or host.');
  }
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', { detail, fields: { argument: 'remember' } });
}
