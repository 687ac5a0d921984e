import type { Category } from '../policy/modes.ts';
import type { DecideResult, ReviewView } from './results.ts';

/** Held messages of one kind: the same author, mailbox, reasons, source, campaign and shape. */
export interface GroupSummary {
  readonly id: string;
  readonly mailbox: string;
  readonly agent: string;
  readonly category: Category;
  readonly campaign?: string;
  /** Why they are held. */
  readonly codes: readonly string[];
  /** `fact`: no approval lets them out; the missing fact is a task. */
  readonly needs: 'look' | 'fact';
  /** Where the recipients came from; empty when nobody said. */
  readonly sources: readonly string[];
  /** Of the oldest one. */
  readonly subject: string;
  readonly count: number;
  /** Of the oldest one, epoch ms. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface GroupPage {
  /** Groups on all pages. */
  readonly total: number;
  readonly groups: readonly GroupSummary[];
  readonly cursor?: string;
}

/** What was put aside when messages were found alike. */
export interface GroupVariation {
  readonly kind: 'name' | 'number' | 'amount' | 'link' | 'address';
  /** Different values, counted up to 1,000. */
  readonly distinct: number;
  /** The longest of them: what does not belong tends to be long. */
  readonly examples: readonly string[];
}

/** A group as a reviewer is shown it. */
export interface GroupView extends GroupSummary {
  /** Names the members as they were when this was read; give it to `decideGroup`. */
  readonly review: string;
  /** Epoch ms; later the group has to be looked at again. */
  readonly validUntil: number;
  /** Messages that a decision with `review` covers; the oldest 5,000 when there are more. */
  readonly members: number;
  /** In the group by number, but of another shape by now: decided one by one. */
  readonly outsiders: readonly string[];
  readonly variations: readonly GroupVariation[];
  /** The longest, the shortest, and others by chance. */
  readonly sample: readonly ReviewView[];
}

/** What became of one message of a group. */
export interface GroupItem {
  readonly messageId: string;
  /**
   * `decided`: see `state`. `fell_out`: it was not as it had been shown, and stays as it is.
   * `unavailable`: nothing was decided; repeat the call.
   */
  readonly result: 'decided' | 'fell_out' | 'unavailable';
  readonly state?: DecideResult['state'];
  readonly code: string;
}

/** What became of a group. */
export interface GroupDecision {
  readonly group: string;
  readonly decision: 'approve' | 'reject';
  /** One per member that was shown, in the order of their ids. */
  readonly items: readonly GroupItem[];
  /** How many ended with which code. */
  readonly counts: Readonly<Record<string, number>>;
  /** Members for which the call has to be repeated. */
  readonly unavailable: number;
  /** Messages that are in the group now and were not shown: they wait. */
  readonly joined: number;
}

/** How the last holds of one rule ended with people. */
export interface RuleFeedback {
  readonly rule: string;
  readonly code: string;
  /** Decisions counted: the last 50 at most. A decision on a group is one. */
  readonly of: number;
  /** Approved as they were. */
  readonly approved: number;
  readonly edited: number;
  readonly rejected: number;
  /** Nobody decided in time. */
  readonly expired: number;
  /** More than 80 % of the last 50 were approved unchanged. */
  readonly isDue: boolean;
  /** Where they came from, most first. */
  readonly places: readonly {
    readonly mailbox: string;
    readonly category: string;
    readonly approved: number;
    readonly of: number;
  }[];
  /** Only when due. Nobody applies it: policy is code. */
  readonly proposal?: { readonly option: string; readonly change: string };
}
