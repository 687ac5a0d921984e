import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { TemplateOptions, TemplateVariableType } from '../options.ts';
import { type RenderedTemplate, renderTemplate } from './render-template.ts';
import { templateHash } from './template-hash.ts';

/** A template in a list: whether a person stands for what it says now. */
export interface TemplateSummary {
  readonly id: string;
  readonly category: 'transactional' | 'marketing';
  /** Of what it says in this process. */
  readonly hash: string;
  /** `changed`: somebody approved another text of it. */
  readonly state: 'approved' | 'changed' | 'new';
  readonly approvedBy?: string;
  /** Epoch ms. */
  readonly approvedAt?: number;
}

/** All that an approval locks, and how it looks. */
export interface TemplateView extends TemplateSummary {
  /** Liquid, as written. */
  readonly subject: string;
  /** Markdown with Liquid, as written. */
  readonly body: string;
  readonly variables: Readonly<Record<string, TemplateVariableType>>;
  /** Filled in with made-up values; absent when the template takes none of them. */
  readonly example?: RenderedTemplate & { readonly variables: Readonly<Record<string, string>> };
}

/** Every template of this process, with what was approved of it, by id. */
export async function listTemplates(ctx: Context): Promise<readonly TemplateSummary[]> {
  const rows = await ctx.storage.db
    .selectFrom('template_approval')
    .select(['template', 'hash', 'approved_by', 'approved_at'])
    .where('tenant', '=', ctx.tenant)
    .execute();
  const approvals = new Map(rows.map((row) => [row.template, row]));
  return [...ctx.templates.values()]
    .map((template): TemplateSummary => {
      const { id, category = 'marketing' } = template;
      const hash = templateHash(template);
      const known = approvals.get(id);
      if (known === undefined) return { id, category, hash, state: 'new' };
      const state = known.hash === hash ? 'approved' : 'changed';
      const { approved_by: approvedBy, approved_at: at } = known;
      return { id, category, hash, state, approvedBy, approvedAt: Number(at) };
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What an approval of its hash stands for. Throws `TEMPLATE_UNKNOWN`. */
export async function showTemplate(ctx: Context, id: string): Promise<TemplateView> {
  const template = findTemplate(ctx, id);
  const summary = (await listTemplates(ctx)).find((each) => each.id === id);
  const { subject, body, variables = {}, category = 'marketing' } = template;
  const example = toExample(template);
  return {
    ...(summary ?? { id, category, hash: templateHash(template), state: 'new' as const }),
    ...{ subject, body, variables },
    ...(example === undefined ? {} : { example }),
  };
}

/** Throws `TEMPLATE_UNKNOWN`. */
export function findTemplate({ templates }: Pick<Context, 'templates'>, id: string) {
  const template = templates.get(id);
  if (template !== undefined) return template;
  throw new MailwardenError('TEMPLATE_UNKNOWN', {
    detail: `There are: ${[...templates.keys()].join(', ') || 'none'}.`,
  });
}

const MADE_UP: Readonly<Record<TemplateVariableType, (name: string) => string>> = {
  text: (name) => `[${name}]`,
  number: () => '42',
  date: () => '2026-05-07',
  url: () => 'https://www.example.com/',
};

/** A person reads the source besides, so one that these values do not fit is shown without. */
function toExample(template: TemplateOptions): TemplateView['example'] {
  const variables = Object.fromEntries(
    Object.entries(template.variables ?? {}).map(([name, type]) => [name, MADE_UP[type](name)]),
  );
  try {
    return { ...renderTemplate(template, variables), variables };
  } catch {
    return undefined;
  }
}
