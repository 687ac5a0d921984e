import type { Rule } from '../rule.ts';

/** Agents set only the header fields that the operator allows, and never a provider's controls. */
export const headerSafety: Rule = {
  id: 'header-safety',
  version: '1',
  evaluate: ({ content }) =>
    content.headerFindings.map(({ name, problem }) => ({
      effect: 'block',
      code: problem === 'provider_control' ? 'HEADER_PROVIDER_CONTROL' : 'HEADER_NOT_ALLOWED',
      message: `The header ${name} may not be set by an agent; leave it out.`,
      evidence: { header: name },
    })),
};
