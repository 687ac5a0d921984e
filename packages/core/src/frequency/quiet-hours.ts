import type { Category } from '../policy/modes.ts';

/** When mail waits, by the clock on the recipient's wall. */
export interface QuietHours {
  /** `HH:MM`, 24 hours. After `to` the window crosses midnight. */
  readonly from: string;
  /** `HH:MM`; mail goes out again at this minute. */
  readonly to: string;
  /** Which mail waits. @default ['marketing'] */
  readonly categories?: readonly Category[];
}
