import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { TemplateOptions, TemplateVariableType } from '../options.ts';

/** Longest value, characters. */
const MAX_VALUE = 2_000;

/** ISO 8601, as RFC 3339 §5.6 narrows it; seconds may be left out. */
const DATE = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,10})?$/;

/** Values as a template sees them. */
export interface ParsedVariables {
  readonly values: Readonly<Record<string, string | number>>;
  /** Those of type `url`, in a form without characters that mean anything in Markdown. */
  readonly urls: ReadonlySet<string>;
}

/**
 * Checks that the given variables are exactly the declared ones and fit their types: `text` is not
 * blank, `number` is decimal, `date` is a day of the calendar, `url` is an absolute http or https URL. Throws `TEMPLATE_VARIABLES`,
 * which lists what was expected and what is wrong.
 */
export function parseVariables(
  template: TemplateOptions,
  given: Readonly<Record<string, string>>,
): ParsedVariables {
  const declared = Object.entries(template.variables ?? {});
  const names = new Set(declared.map(([name]) => name));
  const problems = Object.keys(given)
    .filter((name) => !names.has(name))
    .map((name) => `${JSON.stringify(name.slice(0, 80))} is not one of them`);
  const values: [string, string | number][] = [];
  const urls = new Set<string>();
  for (const [name, type] of declared) {
    const value: unknown = Object.hasOwn(given, name) ? given[name] : undefined;
    const parsed = typeof value === 'string' ? parseValue(type, value.trim()) : undefined;
    if (parsed === undefined) {
      problems.push(value === undefined ? `${name} is missing` : `${name} is no ${type}`);
    } else {
      values.push([name, parsed]);
      if (type === 'url') urls.add(String(parsed));
    }
  }
  if (problems.length === 0) return { values: Object.fromEntries(values), urls };
  throw new MailwardenError('TEMPLATE_VARIABLES', {
    detail: `The template ${template.id} has ${list(declared)}; ${problems.slice(0, 10).join(', ')}.`,
    fields: { template: template.id, variables: [...names] },
  });
}

function parseValue(type: TemplateVariableType, value: string): string | number | undefined {
  if (value === '' || value.length > MAX_VALUE) return undefined;
  if (type === 'text') return value;
  if (type === 'url') return parseUrl(value);
  if (type === 'date') return isDate(value) ? value : undefined;
  if (!NUMBER.test(value)) return undefined;
  // 19.90 stays as written; 3 can be compared in the template.
  return String(Number(value)) === value ? Number(value) : value;
}

/** February 30 is none: the engine would make March 2 of it. */
function isDate(value: string): boolean {
  const day = DATE.exec(value)?.[1];
  if (day === undefined || Number.isNaN(Date.parse(value))) return false;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function parseUrl(value: string): string | undefined {
  if (/[\s\p{Cc}\p{Cs}]/u.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || !/^[a-z0-9.-]+(?::\d+)?$/.test(url.host)) return undefined;
  return url.href.replace(/[^A-Za-z0-9\-.:/?#=&%+,@$]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

function list(declared: readonly (readonly [string, string])[]): string {
  const names = declared.map(([name, type]) => `${name} (${type})`);
  return names.length === 0 ? 'no variables' : names.join(', ');
}
