import { EMAIL_TOOLS } from './email-tools.ts';
import type { EmailTool } from './tool.ts';

const ROWS: ReadonlyMap<string, EmailTool> = new Map(EMAIL_TOOLS.map((tool) => [tool.name, tool]));

/** The row of the table with this name. */
export function findTool(name: string): EmailTool | undefined {
  return ROWS.get(name);
}
