import { openWorld } from './open-world.ts';
import type { Setup, World } from './world.ts';

/** An example: what it needs, and what it does. */
export interface Workflow {
  readonly setup?: Setup;
  readonly run: (world: World) => Promise<void>;
}

/**
 * Runs workflows one after the other on one Mailwarden. The process ends with 1 when a claim does
 * not hold, or when something failed in the background.
 */
export async function runWorkflows(workflows: readonly Workflow[]): Promise<void> {
  const world = await openWorld(workflows.flatMap(({ setup }) => setup ?? []));
  const { print, errors } = world;
  try {
    for (const { run } of workflows) await run(world);
    for (const { code, message } of errors) print.claim(`${code}: ${message}`, false);
  } finally {
    await world.close();
  }
  const { claims, failures } = print;
  if (failures.length === 0) {
    print.section(`All ${claims} checks hold.`);
    return;
  }
  print.section(`${failures.length} of ${claims} checks do not hold:`);
  for (const failure of failures) print.step(failure);
  process.exitCode = 1;
}
