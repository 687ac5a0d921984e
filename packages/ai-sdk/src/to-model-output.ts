import type { ToolResult } from '@mailwarden/core';
import type { AiToolOutput } from './ai-tool.ts';

/**
 * A result as the model sees it: what policy blocked is a denied execution, which models do not
 * try to work around as they do with errors; what was called wrongly is an error.
 */
export function toModelOutput({ output }: { readonly output: ToolResult }): AiToolOutput {
  switch (output.status) {
    case 'blocked':
      return { type: 'execution-denied', reason: output.text };
    case 'invalid':
    case 'unavailable':
      return { type: 'error-text', value: output.text };
    case 'ok':
    case 'queued':
    case 'scheduled':
    case 'held':
    case 'duplicate':
    case 'unknown':
      return { type: 'text', value: output.text };
  }
}
