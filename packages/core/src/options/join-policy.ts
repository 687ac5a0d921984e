import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { MailboxOptions, MailwardenOptions, PolicyOptions } from '../options.ts';
import { nearestName } from '../shapes/nearest-name.ts';
import { requireShape } from '../shapes/require-shape.ts';
import { MAILWARDEN } from './mailwarden-shape.ts';
import { POLICY_MEMBERS } from './policy-members.ts';

/** Options in which nothing is said in two places. */
export type JoinedOptions = Omit<MailwardenOptions, 'policy'>;

/** The names of what belongs to a policy. */
export const POLICY_NAMES = Object.keys(POLICY_MEMBERS) as readonly (keyof PolicyOptions)[];

/**
 * Checks the options and takes the policy into them. Throws `OPTION_UNKNOWN` or `OPTION_INVALID`,
 * also when the code and the policy both say something: neither would be seen to win.
 */
export function joinPolicy(options: MailwardenOptions): JoinedOptions {
  requireShape(MAILWARDEN, options, 'createMailwarden');
  const { policy = {}, ...rest } = options;
  for (const name of POLICY_NAMES) {
    if (name !== 'mailboxes') refuseTwice(rest, policy, name);
  }
  return { ...rest, ...policy, mailboxes: joinMailboxes(options.mailboxes, policy.mailboxes) };
}

/** A mailbox whose policy has a typing error in its address would go out with the defaults. */
function joinMailboxes(
  mailboxes: readonly MailboxOptions[],
  policies: PolicyOptions['mailboxes'] = [],
): readonly MailboxOptions[] {
  const fold = ({ address }: { readonly address: string }) => address.toLowerCase();
  const known = mailboxes.map(fold);
  const stray = policies.find((each) => !known.includes(fold(each)));
  if (stray !== undefined) {
    const near = nearestName(fold(stray), known);
    const hint = near === undefined ? known.join(', ') : `did you mean ${near}`;
    throw invalid(
      `The policy has the mailbox ${stray.address}, createMailwarden has not; ${hint}?`,
    );
  }
  return mailboxes.map((mailbox) => {
    const policy = policies.find((each) => fold(each) === fold(mailbox));
    if (policy === undefined) return mailbox;
    for (const name of Object.keys(policy)) {
      if (name !== 'address') refuseTwice(mailbox, policy, name, ` of ${mailbox.address}`);
    }
    return { ...mailbox, ...policy, address: mailbox.address };
  });
}

function refuseTwice(code: object, policy: object, name: string, of = ''): void {
  if (Reflect.get(code, name) === undefined || Reflect.get(policy, name) === undefined) return;
  throw invalid(`${name}${of} stands in the policy and beside it; leave one of them out.`);
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
