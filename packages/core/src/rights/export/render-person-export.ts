import { escapeHtml } from '../../compose/character-references.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { ExportedRow, PersonExport } from './person-export.ts';
import { renderMessage } from './render-message.ts';
import { renderRow, toReadable } from './render-row.ts';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly items: readonly string[];
}

/**
 * An export as one HTML page that a person can read and print: escaped, without scripts, and nothing
 * is loaded from anywhere.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { type Mailwarden, renderPersonExport } from '@mailwarden/core';
 *
 * export async function answerRequest(warden: Mailwarden, address: string): Promise<void> {
 *   const held = await warden.system().exportPerson(address);
 *   await writeFile('export.json', JSON.stringify(held, null, 2), { mode: 0o600 });
 *   await writeFile('export.html', renderPersonExport(held), { mode: 0o600 });
 * }
 * ```
 */
export function renderPersonExport(held: PersonExport): string {
  const sections = toSections(held);
  const links = sections.map(
    ({ id, title, items }) => `<li><a href="#${id}">${title}</a> ${items.length}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>What is held about ${escapeHtml(held.address)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>What is held about ${escapeHtml(held.address)}</h1>
<p class="soft">As of ${escapeHtml(toReadable(held.exportedAt))} UTC, in every spelling of this address.</p>
<nav aria-label="Contents"><ul>
${links.join('\n')}
</ul></nav>
${sections.map(renderSection).join('\n')}
<section id="notes">
<h2>How to read this</h2>
<ul>${held.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('\n')}</ul>
</section>
</main>
</body>
</html>
`;
}

function toSections(held: PersonExport): readonly Section[] {
  return [
    {
      id: 'contact',
      title: 'Contact',
      intro: 'What is known about you, where it came from, and the labels you were given.',
      items: held.contacts.map(({ contact, tags }) =>
        renderRow(String(contact.address), contact, {
          tags: tags.map(({ tag }) => tag),
        }),
      ),
    },
    {
      id: 'consents',
      title: 'Consents and withdrawals',
      intro: 'What you agreed to or took back, and on what evidence.',
      items: held.consents.map((row) => renderRow(`${row.kind}: ${row.purpose}`, row)),
    },
    {
      id: 'opt-ins',
      title: 'Sign-ups',
      intro: 'What you were asked to confirm, and how and where somebody signed you up.',
      items: held.optIns.map((row) => renderRow(String(row.statement), row)),
    },
    {
      id: 'preferences',
      title: 'Preferences',
      intro: 'Which mail you declined, until when you paused, and how much you want at most.',
      items: [
        ...held.preferences.map((row) => renderRow('Preference', row)),
        ...held.refusals.map((row) => renderRow(`Kept for a restore: ${row.kind}`, row)),
      ],
    },
    {
      id: 'suppressions',
      title: 'What stops mail to you',
      intro: 'Each of these stops mail of its scope. They hold no address, only a hash of it.',
      items: held.suppressions.map((row) => renderRow(`${row.reason}: ${row.scope}`, row)),
    },
    {
      id: 'messages',
      title: 'Messages',
      intro: 'Mail from you and to you, oldest first, with how each delivery went.',
      items: held.messages.map(renderMessage),
    },
    {
      id: 'audit',
      title: 'Audit',
      intro: 'What the tamper-evident record of decisions keeps about you.',
      items: held.audit.map((row) => renderRow(`Entry ${row.place ?? 'not sealed yet'}`, row)),
    },
    {
      id: 'tasks',
      title: 'Open questions',
      intro: 'Facts about the source of your address that mail waits for, or waited for.',
      items: held.tasks.map((row) => renderRow(`${row.fact}: ${row.source}`, row)),
    },
    {
      id: 'mentions',
      title: 'Mentions',
      intro: 'Where your address stands in something that is about somebody else.',
      items: held.mentions.map(({ table, id, columns }) =>
        renderRow(table, { id, columns: columns.join(', ') }),
      ),
    },
    {
      id: 'others',
      title: 'Erasures and keys',
      intro: 'Rows that hold a hash of your address and no other data about you.',
      items: [
        ...held.erasures.map((row) => renderRow('Erasure', row)),
        ...held.recipientKeys.map((row) => renderRow('Recipient key', row)),
      ],
    },
    {
      id: 'events',
      title: 'Events',
      intro: 'Every step of the messages above, in order.',
      items: held.events.map(renderEvent),
    },
  ];
}

function renderSection({ id, title, intro, items }: Section): string {
  const body = items.length === 0 ? '<p class="soft">Nothing.</p>' : items.join('\n');
  return `<section id="${id}">\n<h2>${title}</h2>\n<p class="soft">${intro}</p>\n${body}\n</section>`;
}

function renderEvent({ type, at, ...rest }: ExportedRow): string {
  return renderRow(`${toReadable(at)}  ${type}`, rest);
}
