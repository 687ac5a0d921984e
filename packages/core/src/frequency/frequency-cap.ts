import type { Category } from '../policy/modes.ts';

/**
 * How much mail one person may get in any window of this length. The window rolls: it ends at this
 * instant, so 23:00 and 01:00 are two hours apart. Caps are AND-ed.
 *
 * `topic` and `campaign` are the author's word. Mail that names none counts as every one of them, so
 * that leaving it out is no way round; naming another one is, so keep a cap without either.
 */
export interface FrequencyCap {
  /** Deliveries, 1 or more. */
  readonly max: number;
  /** Length of the window, ms; one hour to 400 days. */
  readonly per: number;
  /** Which mail counts and waits. @default 'marketing' */
  readonly category?: Category;
  /** Only mail on this topic. @default any */
  readonly topic?: string;
  /** Only mail of this campaign. @default any */
  readonly campaign?: string;
  /** Each topic, or each campaign, is counted for itself. @default all together */
  readonly each?: 'topic' | 'campaign';
  /** Mail of all senders of this tenant counts together. @default false, each sender for itself */
  readonly acrossSenders?: boolean;
}

const DAY = 86_400_000;

/** Marketing to one person from one sender: 1 in 24 hours and 3 in 7 days. */
export const DEFAULT_CAPS: readonly FrequencyCap[] = [
  { max: 1, per: DAY },
  { max: 3, per: 7 * DAY },
];
