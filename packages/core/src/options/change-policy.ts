import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { MailboxOptions, PolicyOptions } from '../options.ts';
import { requireShape } from '../shapes/require-shape.ts';
import { type JoinedOptions, joinPolicy, POLICY_NAMES } from './join-policy.ts';
import { MAILBOX_MEMBERS } from './mailbox-shapes.ts';
import { POLICY } from './policy-members.ts';

/** Lists whose entries have a name: a change of one leaves the others. */
const KEYS: Readonly<Partial<Record<keyof PolicyOptions, string>>> = {
  mailboxes: 'address',
  templates: 'id',
  offers: 'id',
  facts: 'id',
  jurisdictions: 'id',
};

/**
 * Options under another policy; nothing is changed in place. A partial change says only what is
 * different: objects are merged, lists with names entry by entry, other lists replaced. `whole`: the
 * change is all of the policy, and what it does not say has its default. Throws `OPTION_UNKNOWN` or
 * `OPTION_INVALID`.
 */
export function changePolicy(
  options: JoinedOptions,
  change: PolicyOptions,
  whole: boolean,
): JoinedOptions {
  requireShape(POLICY, change, 'The policy');
  if (whole) return joinPolicy({ ...withoutPolicy(options), policy: change });
  refuseStrangers(options, change);
  const changed = Object.entries(change).map(([name, value]) => {
    const key = KEYS[name as keyof PolicyOptions];
    const before: unknown = Reflect.get(options, name);
    return [name, key === undefined ? merge(before, value) : mergeByKey(before, value, key)];
  });
  return { ...options, ...(Object.fromEntries(changed) as object) };
}

function withoutPolicy(options: JoinedOptions): JoinedOptions {
  const rest = Object.entries(options).filter(
    ([name]) => !(POLICY_NAMES as readonly string[]).includes(name),
  );
  return {
    ...(Object.fromEntries(rest) as unknown as JoinedOptions),
    mailboxes: options.mailboxes.map(toCodePart),
  };
}

/** What no policy says. */
function toCodePart(mailbox: MailboxOptions): MailboxOptions {
  const rest = Object.entries(mailbox).filter(
    ([name]) => name === 'address' || !Object.hasOwn(MAILBOX_MEMBERS, name),
  );
  return Object.fromEntries(rest) as unknown as MailboxOptions;
}

function refuseStrangers(options: JoinedOptions, { mailboxes = [] }: PolicyOptions): void {
  const known = options.mailboxes.map(({ address }) => address.toLowerCase());
  const stray = mailboxes.find(({ address }) => !known.includes(address.toLowerCase()));
  if (stray === undefined) return;
  throw new MailwardenError('OPTION_INVALID', {
    detail: `There is no mailbox ${stray.address}; there are ${known.join(', ')}.`,
  });
}

function merge(before: unknown, after: unknown): unknown {
  if (!isRecord(before) || !isRecord(after)) return after;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.hasOwn(after, name) ? merge(before[name], after[name]) : before[name],
    ]),
  );
}

function mergeByKey(before: unknown, after: unknown, key: string): unknown {
  const name = (entry: unknown) => String((entry as Record<string, unknown>)[key]).toLowerCase();
  const earlier: readonly unknown[] = Array.isArray(before) ? before : [];
  const later: readonly unknown[] = Array.isArray(after) ? after : [];
  const change = (entry: unknown) => {
    const found = later.find((each) => name(each) === name(entry));
    if (found === undefined) return entry;
    // An offer or a template is one thing; of a mailbox each part is its own.
    return key === 'address' ? merge(entry, found) : found;
  };
  const added = later.filter((entry) => !earlier.some((each) => name(each) === name(entry)));
  return [...earlier.map(change), ...added];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value))
  );
}
