import { escapeHtml } from '../../unsubscribe/escape-html.ts';
import { imprint, page } from '../../unsubscribe/pages.ts';

/** What the pages show; the recipient is masked. */
export interface OptInView {
  readonly legalName: string;
  readonly postalAddress: string;
  readonly recipient: string;
  readonly statement: string;
}

/** Asks; the button is a POST to the same address. */
export function renderOptIn(view: OptInView): string {
  return page(
    'Confirm',
    `<h1>Email from ${escapeHtml(view.legalName)}</h1>
<p>${escapeHtml(view.statement)}</p>
<p>For <strong>${escapeHtml(view.recipient)}</strong>. If you did not ask for this, close the page: nothing
will be sent.</p>
<form method="post">
<button name="confirm" value="yes">Confirm</button>
</form>
${imprint(view)}`,
  );
}

/** Says that it is recorded. */
export function renderOptInDone(view: OptInView): string {
  return page(
    'Confirmed',
    `<h1>Thank you</h1>
<p>${escapeHtml(view.statement)}</p>
<p>This is confirmed for <strong>${escapeHtml(view.recipient)}</strong>. Every email has a link to
unsubscribe. You can close this page.</p>
${imprint(view)}`,
  );
}
