import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { TemplateOptions } from '../options.ts';
import { bodySource, createEngine, templateFault } from './template-engine.ts';

/**
 * Checks a template's text when the application starts: its Liquid parses and names only declared
 * variables. Throws `OPTION_INVALID`.
 */
export function checkTemplate(template: TemplateOptions): void {
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

function namesIn(template: TemplateOptions, source: string): readonly string[] {
  try {
    return createEngine((text) => text).globalVariablesSync(source);
  } catch (error) {
    throw templateFault(template, error);
  }
}
