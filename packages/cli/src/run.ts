import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import type { Io } from './io.ts';
import { createStyle } from './output/style.ts';
import { toPrintable, toPrintableJson } from './output/to-printable.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs one command line (without `node` and the script) and gives its exit code: 0 done, 1 refused
 * or failed, 2 wrong usage. Results go to `io.stdout`, errors with their code to `io.stderr`.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const program = createProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has printed its own errors already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr.write(renderError(io, argv, error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function renderError(io: Io, argv: readonly string[], error: unknown): string {
  const { code, message } = describe(error);
  if (argv.includes('--json')) return `${toPrintableJson({ error: { code, message } })}\n`;
  const style = createStyle(io, io.stderr);
  return `${style('bad', `error ${code}`)}  ${toPrintable(message)}\n`;
}

/** By shape, not by class: the configuration may have loaded another copy of the package. */
function describe(error: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = (error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  return {
    code: typeof code === 'string' ? code : 'INTERNAL',
    message: typeof message === 'string' ? message : String(error),
  };
}
