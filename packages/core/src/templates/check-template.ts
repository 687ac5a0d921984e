import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { TemplateOptions, TemplateVariableType } from '../options.ts';
import { bodySource, createEngine, templateFault } from './template-engine.ts';

const CATEGORIES: readonly NonNullable<TemplateOptions['category']>[] = [
  'transactional',
  'marketing',
];
const TYPES: readonly TemplateVariableType[] = ['text', 'number', 'date', 'url'];

/**
 * Checks a template when the application starts: its category and types are known, its Liquid parses
 * and names only declared variables. Throws `OPTION_INVALID`.
 */
export function checkTemplate(template: TemplateOptions): void {
  checkShape(template);
  const declared = new Set(Object.keys(template.variables ?? {}));
  for (const source of [template.subject, bodySource(template)]) {
    const unknown = namesIn(template, source).filter((name) => !declared.has(name));
    if (unknown.length === 0) continue;
    throw new MailwardenError('OPTION_INVALID', {
      detail: `The template ${template.id} uses ${unknown.join(', ')} without declaring it.`,
      fields: { template: template.id },
    });
  }
}

/** A misspelt type would bind nothing. */
function checkShape(template: TemplateOptions): void {
  const { id, category = 'marketing', variables = {} } = template;
  const problem = CATEGORIES.includes(category)
    ? Object.entries(variables)
        .find(([, type]) => !TYPES.includes(type))
        ?.join(': ')
    : `category: ${category}`;
  if (problem === undefined) return;
  throw new MailwardenError('OPTION_INVALID', {
    detail: `The template ${id} has ${problem}; categories are ${CATEGORIES.join(', ')}, types ${TYPES.join(', ')}.`,
    fields: { template: id },
  });
}

function namesIn(template: TemplateOptions, source: string): readonly string[] {
  try {
    return createEngine((text) => text).globalVariablesSync(source);
  } catch (error) {
    throw templateFault(template, error);
  }
}
