import { Liquid } from 'liquidjs';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { TemplateOptions } from '../options.ts';

/** Longest template, characters; longest rendering, ms; most memory that filters may take, bytes. */
const LIMITS = { parseLimit: 200_000, renderLimit: 1_000, memoryLimit: 10_000_000 };

/** A line that is only `{{footer}}` belongs to the renderer of bodies, not to Liquid. */
const FOOTER_LINE = /^([ \t]*)(\{\{\s*footer\s*\}\})([ \t]*)$/gm;

/**
 * Liquid without files, unknown names, unknown filters or inherited properties. Every value that it
 * writes passes through `toSafe`; a `raw` filter changes nothing.
 */
export function createEngine(toSafe: (text: string) => string): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // A date reads the same on every machine.
    timezoneOffset: 0,
    templates: {},
    outputEscape: (value: unknown) => toSafe(toText(value)),
    ...LIMITS,
  });
  engine.registerFilter('raw', (value: unknown) => value);
  return engine;
}

/** The body as Liquid source: its footer line is kept for later. */
export function bodySource(template: TemplateOptions): string {
  if (Object.hasOwn(template.variables ?? {}, 'footer')) return template.body;
  return template.body.replace(FOOTER_LINE, '$1{% raw %}{{footer}}{% endraw %}$3');
}

/** An error of the template's text, which code owns: `OPTION_INVALID` with Liquid's one line. */
export function templateFault(template: TemplateOptions, error: unknown): MailwardenError {
  return new MailwardenError('OPTION_INVALID', {
    detail: `The template ${template.id} cannot be rendered: ${faultOf(error)}.`,
    fields: { template: template.id },
    cause: error,
  });
}

/** Liquid's one line. */
export function faultOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, 200);
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(toText).join('') : String(value);
}
