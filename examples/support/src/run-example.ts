import { openWorld } from './open-world.ts';
import type { Setup, World } from './world.ts';

/**
 * Runs an example in a world of its own. The process ends with 1 when one of its claims does not
 * hold, or when something failed in the background.
 */
export async function runExample(
  setup: Setup,
  run: (world: World) => Promise<void>,
): Promise<void> {
  const world = await openWorld([setup]);
  try {
    await run(world);
    for (const error of world.errors) world.print.claim(`no fault, but ${error.code}`, false);
  } finally {
    await world.close();
  }
  if (world.print.failures.length > 0) process.exitCode = 1;
}
