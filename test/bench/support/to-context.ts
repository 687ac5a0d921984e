import type { Context } from '../../../packages/core/src/context.ts';
import type { MailwardenOptions } from '../../../packages/core/src/index.ts';
import { createKeyRing } from '../../../packages/core/src/keys/create-key-ring.ts';
import { changePolicy } from '../../../packages/core/src/options/change-policy.ts';
import { joinPolicy } from '../../../packages/core/src/options/join-policy.ts';
import { resolvePolicy } from '../../../packages/core/src/options/resolve-policy.ts';
import { storePolicyEpoch } from '../../../packages/core/src/policy/create-policy.ts';

/** What `createMailwarden` hands to its parts, for benches that measure one of them. */
export async function toContext(given: MailwardenOptions): Promise<Context> {
  const options = joinPolicy(given);
  const storage = await options.database.open();
  await storage.migrate('auto');
  const { policy, ...resolved } = resolvePolicy(options);
  const inForce = await storage.unit((tx) => storePolicyEpoch(tx, 'default', policy, Date.now()));
  return {
    ...{ tenant: 'default', storage, ...resolved, policy: inForce },
    keys: createKeyRing(options.keys, 'default'),
    resolveChange: (change, whole) => resolvePolicy(changePolicy(options, change, whole)),
    now: Date.now,
    hasListener: false,
    journal: undefined,
    report: (error) => {
      throw error;
    },
    wake: () => {},
  };
}
