import type { DeliveryState, OversightMode } from '@mailwarden/core';

/** What the test knows for certain, from the answers that it got. */
export interface Model {
  /** Messages whose send was answered with an id. */
  readonly messages: string[];
  /** Of those, what waited for a person when it was last looked at. */
  held: readonly string[];
  /** Of those, what the agent itself asked a person to look at. */
  readonly asked: Set<string>;
  /** A person's approval was answered, or its answer got lost. */
  readonly approved: Set<string>;
  /** Deliveries that a person settled. */
  readonly resolved: Set<string>;
  /** Suppressions that were answered: address to scope. */
  readonly suppressed: Map<string, 'all' | 'marketing'>;
  /** Per mailbox; undefined while an answer is missing. */
  readonly modes: Map<string, OversightMode | undefined>;
  readonly paused: Map<string, boolean | undefined>;
  /** What each delivery was seen in last. */
  readonly states: Map<string, DeliveryState>;
  /** Messages of the SMTP server that were judged already. */
  judged: number;
}

/** At the beginning: nothing was sent, everything may be. */
export function newModel(modes: readonly (readonly [string, OversightMode])[]): Model {
  return {
    messages: [],
    held: [],
    asked: new Set(),
    approved: new Set(),
    resolved: new Set(),
    suppressed: new Map(),
    modes: new Map(modes),
    paused: new Map(modes.map(([mailbox]) => [mailbox, false])),
    states: new Map(),
    judged: 0,
  };
}

/** What held when a pass began; the judgement of what it sent goes by this. */
export type Before = Pick<Model, 'suppressed' | 'modes' | 'paused'>;

export function copyOf(model: Model): Before {
  return {
    suppressed: new Map(model.suppressed),
    modes: new Map(model.modes),
    paused: new Map(model.paused),
  };
}
