import type { ErrorCode } from '../errors/error-codes.ts';
import { escapeHtml } from './escape-html.ts';
import { type PreferenceView, renderPreferenceForm } from './preference-form.ts';
import { STYLE } from './style.ts';

/** What the pages show; the recipient is masked. */
export interface UnsubscribeView {
  readonly legalName: string;
  readonly postalAddress: string;
  readonly recipient: string;
  readonly topic: string | null;
}

/** Asks what to stop, or to get less; each button is a POST to the same address. */
export function renderQuestion(view: UnsubscribeView, wanted: PreferenceView): string {
  const name = escapeHtml(view.legalName);
  return page(
    'Unsubscribe',
    `<h1>Unsubscribe from ${name}?</h1>
<p>Press the button, and ${name} will send no more marketing email to
<strong>${escapeHtml(view.recipient)}</strong>.</p>
<form method="post">
${button('marketing', 'Unsubscribe')}
${view.topic === null ? '' : button('topic', `Stop only “${view.topic}”`, 'second')}
</form>
${renderPreferenceForm(wanted)}
${imprint(view)}`,
  );
}

/** Says that the preferences are saved, and shows them again. */
export function renderSaved(view: UnsubscribeView, wanted: PreferenceView): string {
  return page(
    'Saved',
    `<h1>Your choice is saved</h1>
<p>It holds from now on for marketing email from ${escapeHtml(view.legalName)} to
<strong>${escapeHtml(view.recipient)}</strong>. You can close this page.</p>
${renderPreferenceForm(wanted)}
<form method="post">
${button('marketing', 'Stop all marketing email', 'second')}
</form>
${imprint(view)}`,
  );
}

/** Says what has been stopped; after one topic it still offers the rest. */
export function renderConfirmation(view: UnsubscribeView, scope: string): string {
  const name = escapeHtml(view.legalName);
  const recipient = `<strong>${escapeHtml(view.recipient)}</strong>`;
  if (scope === 'marketing') {
    return page(
      'Unsubscribed',
      `<h1>You are unsubscribed</h1>
<p>${name} will send no more marketing email to ${recipient}. Replies to your own messages and
notices about your orders or account may still arrive. You can close this page.</p>
${imprint(view)}`,
    );
  }
  return page(
    'Unsubscribed',
    `<h1>Your choice is saved</h1>
<p>${name} will send no more “${escapeHtml(view.topic ?? '')}” email to ${recipient}. Other
marketing email may still arrive.</p>
<form method="post">
${button('marketing', 'Stop all marketing email', 'second')}
</form>
${imprint(view)}`,
  );
}

/** An error for people, with the code for whoever they ask. */
export function renderError(status: number, code: ErrorCode): string {
  const [title, text] = errorText(status);
  return page(
    title,
    `<h1>${title}</h1>
<p>${text}</p>
<p class="small">${code}</p>`,
  );
}

function errorText(status: number): readonly [string, string] {
  if (status === 404) {
    return [
      'This link is not valid',
      'Please open the unsubscribe link again from the email itself. It may have been cut off when it was copied.',
    ];
  }
  if (status === 410) {
    return ['This link is too old', 'Please sign up again; you will get a new link.'];
  }
  if (status === 503) {
    return ['Please try again', 'We could not save your choice just now. Please try in a minute.'];
  }
  return ['This did not work', 'Please open the unsubscribe link again from the email itself.'];
}

function button(scope: string, label: string, style?: string): string {
  const attribute = style === undefined ? '' : ` class="${style}"`;
  return `<button name="scope" value="${scope}"${attribute}>${escapeHtml(label)}</button>`;
}

/** Who writes, as the law wants it to be said. */
export function imprint({
  legalName,
  postalAddress,
}: Pick<UnsubscribeView, 'legalName' | 'postalAddress'>): string {
  return `<p class="small">${escapeHtml([legalName, postalAddress].filter(Boolean).join('\n'))}</p>`;
}

/** The frame of every page; `title` is ours, `main` is HTML. */
export function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}
