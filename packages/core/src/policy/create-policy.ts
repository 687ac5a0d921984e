import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '../compose/canonical-json.ts';
import type { Mailbox, Policy, Settings } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { TemplateOptions } from '../options.ts';
import type { Tx } from '../storage/database.ts';
import { templateHash } from '../templates/template-hash.ts';
import { builtInRules } from './built-in-rules.ts';
import { aiAct } from './jurisdictions/ai-act.ts';
import type { JurisdictionPack } from './jurisdictions/jurisdiction-pack.ts';
import { MAILBOX_PROVIDERS } from './providers/mailbox-providers.ts';
import type { Rule } from './rule.ts';

/** The version of what core itself contributes to a decision. */
const CORE_POLICY = '1';

/** Everything besides the rules that can change an answer. */
export interface PolicyInput {
  readonly rules: readonly Rule[];
  readonly jurisdictions: readonly JurisdictionPack[];
  readonly settings: Settings;
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly templates: ReadonlyMap<string, TemplateOptions>;
}

/** The rules in force and the hash over all that can change their answer; epoch 0 until stored. */
export function createPolicy(input: PolicyInput): Policy {
  const { rules, jurisdictions, settings, mailboxes, templates } = input;
  const all = [...builtInRules(jurisdictions, settings.frequency), ...rules];
  const data = {
    core: CORE_POLICY,
    rules: all.map((rule) => `${rule.id}@${rule.version}${rule.shadow === true ? ':shadow' : ''}`),
    jurisdictions: [...jurisdictions, aiAct],
    providers: MAILBOX_PROVIDERS,
    audience: settings.audience,
    budgets: settings.budgets,
    frequencyCaps: settings.frequency.caps,
    topics: Object.keys(settings.frequency.topics).sort(),
    quietHours: settings.frequency.quietHours ?? null,
    allowedHeaders: settings.allowedHeaders,
    internalDomains: settings.internalDomains,
    trustedAuthservId: settings.trustedAuthservId ?? null,
    suppressionSources: settings.suppressionSources.map(({ name, maxAge }) => ({ name, maxAge })),
    publicUrl: settings.publicUrl ?? null,
    ...contentData(settings.content),
    templates: [...templates.values()].map(templateHash),
    mailboxes: [...mailboxes.values()].map((mailbox) => ({
      address: mailbox.address,
      oversight: mailbox.oversight,
      ceiling: mailbox.ceiling ?? null,
      dailyLimit: mailbox.dailyLimit ?? null,
      tighten: mailbox.tighten ?? [],
      sender: mailbox.sender ?? null,
      timeZone: mailbox.timeZone ?? null,
      fourEyes: mailbox.fourEyes === true,
      disclosure: mailbox.disclosure ?? null,
      // As declared: what follows from an inbox is not the same in every process.
      bounces: mailbox.bounces ?? null,
    })),
  };
  const version = createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(data)) as JsonValue))
    .digest('hex')
    .slice(0, 16);
  return { rules: all, jurisdictions, version, epoch: 0 };
}

/** A pattern has no JSON of its own. */
function contentData({ offers, facts, allowedLinkHosts }: Settings['content']): object {
  const words = facts.map(({ id, text, pattern }) => [id, text ?? '', String(pattern ?? '')]);
  return { offers, facts: words, allowedLinkHosts };
}

/** Takes the next epoch when the policy has changed since the last start. */
export async function storePolicyEpoch(
  tx: Tx,
  tenant: string,
  policy: Policy,
  at: number,
): Promise<Policy> {
  const initial = JSON.stringify({ version: '', epoch: 0 });
  // The update that changes nothing takes the row's lock: two starts cannot take the same epoch.
  const row = await tx
    .insertInto('meta')
    .values({ tenant, key: 'policy', value: initial })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'key']).doUpdateSet((eb) => ({ value: eb.ref('meta.value') })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  const stored = parseStored(row.value);
  if (stored.version === policy.version) return { ...policy, epoch: stored.epoch };
  const next = { version: policy.version, epoch: stored.epoch + 1 };
  await tx
    .updateTable('meta')
    .set({ value: JSON.stringify(next) })
    .where('tenant', '=', tenant)
    .where('key', '=', 'policy')
    .execute();
  // The first start changes nothing.
  if (stored.version !== '') {
    await appendEvents(tx, tenant, [{ at, type: 'policy.changed', actor: 'system', data: next }]);
  }
  return { ...policy, epoch: next.epoch };
}

function parseStored(value: string): { version: string; epoch: number } {
  return JSON.parse(value) as { version: string; epoch: number };
}
