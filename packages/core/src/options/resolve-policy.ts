import type { Mailbox, Policy, Settings } from '../context.ts';
import type { TemplateOptions } from '../options.ts';
import { createPolicy } from '../policy/create-policy.ts';
import { resolvePacks } from '../policy/jurisdictions/resolve-packs.ts';
import { resolveMailboxes, resolveSettings, resolveTemplates } from '../resolve-options.ts';
import type { JoinedOptions } from './join-policy.ts';

/** What options mean for a decision; `policy` has epoch 0 until it is stored. */
export interface ResolvedPolicy {
  readonly settings: Settings;
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly templates: ReadonlyMap<string, TemplateOptions>;
  readonly policy: Policy;
}

/** From checked options; the same for a policy in code and in a file. */
export function resolvePolicy(options: JoinedOptions): ResolvedPolicy {
  const settings = resolveSettings(options);
  const mailboxes = resolveMailboxes(options);
  const templates = resolveTemplates(options);
  const jurisdictions = resolvePacks(options.jurisdictions);
  const rules = options.rules ?? [];
  const policy = createPolicy({ rules, jurisdictions, settings, mailboxes, templates });
  return { settings, mailboxes, templates, policy };
}
