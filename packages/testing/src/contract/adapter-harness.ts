import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';

/** One tool call that a model makes. */
export interface AdapterCall {
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
}

/** What became of one call, as far as the framework lets anybody see it. */
export interface AdapterAnswer {
  /** Exactly the text that the model is shown, not escaped or serialised. */
  readonly shown: string;
  /** The framework's own channel says that the call failed or was denied. */
  readonly failed: boolean;
  /** What the application is given besides; left out where the framework has no place for it. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An adapter, driven through its real framework; what {@link adapterContract} takes. */
export interface AdapterHarness {
  /** The framework names each call, and the adapter hands the name on, so that a retry is known. */
  readonly supportsCallIds: boolean;
  /** Names of the tools that the framework would tell a model about. */
  tools(handle: AgentHandle | ReviewerHandle): Promise<readonly string[]>;
  /**
   * A scripted model makes these calls in one turn, side by side. Answers come in the order of the
   * calls. A framework that refuses a call by throwing gives `failed` with the error's message.
   */
  run(
    handle: AgentHandle | ReviewerHandle,
    calls: readonly AdapterCall[],
  ): Promise<readonly AdapterAnswer[]>;
}
