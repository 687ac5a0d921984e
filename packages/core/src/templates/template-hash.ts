import { createHash } from 'node:crypto';
import { canonicalJson } from '../compose/canonical-json.ts';
import type { TemplateOptions } from '../options.ts';

/**
 * What a person approves of a template: SHA-256 (hex) over the RFC 8785 JSON of its id, subject,
 * body, category and variables with their types. Any change needs a new approval.
 */
export function templateHash(template: TemplateOptions): string {
  const { id, subject, body, category = 'marketing', variables = {} } = template;
  const canonical = canonicalJson({ id, subject, body, category, variables: { ...variables } });
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
