import type { TemplateOptions } from '../options.ts';
import { bodySource, createEngine, faultOf } from './template-engine.ts';

/**
 * What is wrong with a template's text, as the end of a sentence about it: its Liquid has to parse
 * and to name only declared variables. Undefined when nothing is.
 */
export function findTemplateFault(template: TemplateOptions): string | undefined {
  const declared = new Set(Object.keys(template.variables ?? {}));
  for (const source of [template.subject, bodySource(template)]) {
    try {
      const names = createEngine((text) => text).globalVariablesSync(source);
      const unknown = names.filter((name) => !declared.has(name));
      if (unknown.length > 0) return `uses ${unknown.join(', ')} without declaring it.`;
    } catch (error) {
      return `cannot be rendered: ${faultOf(error)}.`;
    }
  }
  return undefined;
}
