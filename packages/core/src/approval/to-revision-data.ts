import type { Message } from '../storage/tables/message.ts';

/** What an event says about exactly what was decided on. */
export function toRevisionData({ revision, digest }: Message): {
  readonly revision: number;
  readonly digest: string;
} {
  return { revision, digest: digest ?? '' };
}
