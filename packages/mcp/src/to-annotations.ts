import type { ToolEffect } from '@mailwarden/core';
import type { ToolAnnotations } from '@modelcontextprotocol/server';

/**
 * Hints for the host; nothing here is enforced by them. All four are set, because the protocol's
 * defaults call everything destructive.
 */
export function toAnnotations(title: string, effect: ToolEffect): ToolAnnotations {
  switch (effect) {
    case 'read':
      return { title, ...hints({ readOnly: true, idempotent: true, openWorld: true }) };
    case 'organise':
      return { title, ...hints({ idempotent: true }) };
    case 'send':
    case 'decide':
      return { title, ...hints({ destructive: true, openWorld: true }) };
  }
}

interface Hints {
  readonly readOnly?: boolean;
  readonly destructive?: boolean;
  readonly idempotent?: boolean;
  /** Shows text from outside, or reaches people outside. */
  readonly openWorld?: boolean;
}

function hints({
  readOnly = false,
  destructive = false,
  idempotent = false,
  openWorld = false,
}: Hints): ToolAnnotations {
  return {
    readOnlyHint: readOnly,
    destructiveHint: destructive,
    idempotentHint: idempotent,
    openWorldHint: openWorld,
  };
}
