import { POLICY } from '../options/policy-members.ts';
import type { PolicyOptions } from '../options.ts';
import { findIssues } from '../shapes/require-shape.ts';
import type { OptionIssue } from '../shapes/shape.ts';
import { readDocument } from './read-document.ts';

/** One mistake in a policy file. */
export interface PolicyFileIssue {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Where, what was expected, what came; a misspelt name comes with the nearest one. */
  readonly message: string;
}

/** How many mistakes are looked up and listed. */
const MOST = 100;

/** What there is to say about the text of a policy. */
export interface PolicyFileReport {
  /** In the order of the file; empty when the policy can be used. */
  readonly issues: readonly PolicyFileIssue[];
  /** Absent when there are issues. */
  readonly policy?: PolicyOptions;
}

/**
 * Checks a policy in YAML or JSON and lists everything that is wrong with it. `parsePolicy` does the
 * same and throws.
 *
 * @example
 * ```ts
 * import { checkPolicy } from '@mailwarden/core/policy-file';
 *
 * const { issues } = checkPolicy('mailboxes:\n  - address: a@acme.example\n    oversigth: monitored');
 * console.log(issues[0]?.line, issues[0]?.message); // 3, and: Did you mean "oversight"?
 * ```
 */
export function checkPolicy(text: string): PolicyFileReport {
  const { faults, value, locate } = readDocument(text);
  if (faults.length > 0) return { issues: faults.slice(0, MOST).map(toIssue) };
  const policy = withoutSchema(value);
  const found = [...findIssues(POLICY, policy), ...findStraySenders(policy)].slice(0, MOST);
  const issues = found.map((issue) => ({
    ...locate(issue.path, issue.code === 'OPTION_UNKNOWN' ? 'name' : 'value'),
    message: issue.message,
  }));
  if (issues.length === 0) return { issues, policy: policy as PolicyOptions };
  return { issues: issues.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

function toIssue({ line, column, message }: PolicyFileIssue): PolicyFileIssue {
  return { line, column, message };
}

/** JSON has no comment in which an editor could look for the schema. */
function withoutSchema(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (typeof Reflect.get(value, '$schema') !== 'string') return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '$schema'));
}

/** A file without senders leaves them to the code, and cannot be asked. */
function findStraySenders(value: unknown): readonly OptionIssue[] {
  const { senders, mailboxes } = (value ?? {}) as PolicyOptions;
  if (typeof senders !== 'object' || senders === null || !Array.isArray(mailboxes)) return [];
  return mailboxes.flatMap((mailbox: unknown, index): readonly OptionIssue[] => {
    const sender: unknown = (mailbox as { sender?: unknown } | null)?.sender;
    if (typeof sender !== 'string' || Object.hasOwn(senders, sender)) return [];
    const path = ['mailboxes', index, 'sender'];
    const names = Object.keys(senders).join(', ');
    const message = `mailboxes[${index}].sender is ${JSON.stringify(sender)}, which is not in senders: ${names}.`;
    return [{ code: 'OPTION_INVALID', path, message }];
  });
}
