import type { TemplateOptions } from '../options.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { parseVariables } from './parse-variables.ts';
import { bodySource, createEngine, templateFault } from './template-engine.ts';

/** A template filled in: what `send_email` would have been given. */
export interface RenderedTemplate {
  /** One line of plain text. */
  readonly subject: string;
  /** Markdown in which the variables are plain text or plain URLs. */
  readonly body: string;
}

/**
 * Fills a template in. A variable cannot add Markdown, links or HTML to the text that a person
 * approved, nor a line to the subject. A `{{footer}}` line stays. Throws `TEMPLATE_VARIABLES` when
 * the variables are not exactly the declared ones or do not fit their types, and `OPTION_INVALID`
 * when the template itself is wrong.
 */
export function renderTemplate(
  template: TemplateOptions,
  variables: Readonly<Record<string, string>>,
): RenderedTemplate {
  const { values, urls } = parseVariables(template, variables);
  const plain = createEngine((text) => oneLine(text));
  const markdown = createEngine((text) => (urls.has(text) ? text : escapeMarkdown(text)));
  try {
    return {
      subject: oneLine(plain.parseAndRenderSync(template.subject, { ...values })),
      body: markdown.parseAndRenderSync(bodySource(template), { ...values }),
    };
  } catch (error) {
    throw templateFault(template, error);
  }
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
