import type { AgentHandle, ReviewerHandle } from '../principal/handles.ts';
import { principalOf } from '../principal/registry.ts';
import { EMAIL_TOOLS } from './email-tools.ts';
import type { EmailTool } from './tool.ts';

/**
 * The tools that this handle gives. Adapters turn each row into their framework's own object.
 * Throws `NOT_PERMITTED` for an object that no warden made.
 */
export function listTools(handle: AgentHandle | ReviewerHandle): readonly EmailTool[] {
  const { kind } = principalOf(handle);
  const rows: readonly EmailTool[] = EMAIL_TOOLS;
  return rows.filter((tool) => tool.principals.includes(kind));
}
