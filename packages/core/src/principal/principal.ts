import type { Address } from '../identity/address.ts';

/** On whose behalf a call is made. */
export type Principal = AgentPrincipal | ReviewerPrincipal | SystemPrincipal;

export interface AgentPrincipal {
  readonly kind: 'agent';
  readonly id: string;
  readonly mailboxes: readonly Address[];
  /** Scopes taint, budgets and derived idempotency keys. */
  readonly run?: string;
  /** The person whose wish the agent carries out; may not approve it either. */
  readonly onBehalfOf?: string;
}

export interface ReviewerPrincipal {
  readonly kind: 'reviewer';
  readonly id: string;
  /** What mail this person sees and decides on; absent: all of it. */
  readonly mailboxes?: readonly Address[];
}

export interface SystemPrincipal {
  readonly kind: 'system';
}
