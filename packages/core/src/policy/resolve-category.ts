import type { Category } from './modes.ts';

/** What is known before a category can be given. */
export interface CategoryInput {
  readonly requested: Category | undefined;
  /** Set when the content comes from a template. */
  readonly template?: {
    readonly category: 'transactional' | 'marketing';
    readonly approved: boolean;
  };
  readonly recipientCount: number;
  /** Every recipient wrote in the thread that this answers. */
  readonly answersRecipients: boolean;
  /** Every recipient outside is somebody with whom a relationship was recorded. @default false */
  readonly allRelated?: boolean;
  /** So much was said to so many that it is no conversation; see `findExceededLimit`. */
  readonly exceedsLimit?: boolean;
  /** Every recipient is in one of the operator's own domains. */
  readonly allInternal: boolean;
}

/**
 * The category that holds (architecture.md §6). The facts allow something looser than marketing,
 * the author's word can only take it back. Answers and mail to customers, vendors and applicants are
 * conversational within limits; colleagues are without any.
 */
export function resolveCategory(input: CategoryInput): Category {
  if (input.requested === 'marketing') return 'marketing';
  const { template } = input;
  if (template?.category === 'transactional' && template.approved && input.recipientCount === 1) {
    return 'transactional';
  }
  if (template !== undefined) return 'marketing';
  if (input.allInternal) return 'conversational';
  const talks = input.answersRecipients || input.allRelated === true;
  return talks && input.exceedsLimit !== true ? 'conversational' : 'marketing';
}
