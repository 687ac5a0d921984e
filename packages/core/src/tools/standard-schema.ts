import { cutText } from './render/cut-text.ts';
import type { EmailTool } from './tool.ts';

/**
 * The Standard Schema and Standard JSON Schema interfaces, declared structurally: the AI SDK and
 * the MCP SDK both take this object, and nobody's zod version matters.
 */
export interface StandardToolSchema<Input = Readonly<Record<string, unknown>>> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'mailwarden';
    readonly types?: { readonly input: Input; readonly output: Input };
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Input; readonly issues?: undefined }
      | { readonly issues: readonly { readonly message: string }[] };
    readonly jsonSchema: {
      readonly input: (options?: unknown) => Record<string, unknown>;
      readonly output: (options?: unknown) => Record<string, unknown>;
    };
  };
}

/**
 * A tool's schema for frameworks that want a Standard Schema. It lets every object through
 * unchanged: {@link runTool} checks the arguments and answers with a short sentence, where a
 * framework would echo the whole input to the model. Being constant in time it also keeps an
 * approved call valid when a framework checks it again.
 */
export function toStandardSchema<Input = Readonly<Record<string, unknown>>>(
  tool: EmailTool,
): StandardToolSchema<Input> {
  const jsonSchema = (): Record<string, unknown> => ({ ...structuredClone(tool.inputSchema) });
  return {
    '~standard': {
      version: 1,
      vendor: 'mailwarden',
      validate: (value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? { value: value as Input }
          : { issues: [{ message: `Expected an object, not ${cutText(String(value), 40)}.` }] },
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
}
