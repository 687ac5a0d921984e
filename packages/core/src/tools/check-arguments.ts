import { toMailwardenError } from '../errors/to-mailwarden-error.ts';
import { toRefusal } from '../operations/to-refusal.ts';
import { readArguments } from './read-arguments.ts';
import { renderRefusal } from './render/render-refusal.ts';
import type { EmailTool, ToolResult } from './tool.ts';

/** Arguments that fit the schema, or the answer that the model gets instead. */
export type CheckedArguments =
  | { readonly args: Readonly<Record<string, unknown>> }
  | { readonly refused: ToolResult };

/**
 * For a framework that validates by itself and answers badly: brings what the model wrote into the
 * form of the schema before the framework looks at it. {@link runTool} does the same again.
 */
export function checkArguments(tool: EmailTool, args: unknown): CheckedArguments {
  try {
    return { args: readArguments(tool, args) };
  } catch (error) {
    return { refused: renderRefusal(toRefusal(toMailwardenError(error))) };
  }
}
