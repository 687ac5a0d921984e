import type { TestDatabase } from './databases.ts';
import { createMovingInbox, type MovingInbox } from './moving-inbox.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from './warden-world.ts';

/** Stands in everything that this person says and others write about them. */
export const MARK = 'zqxmark7f3a';
export const ANA = `${MARK}@customer.example`;
/** The same person. */
export const ANA_TOO = `${MARK.toUpperCase()}+shop@customer.example`;
export const BOB = 'bob@partner.example';
const HOUR = 3_600_000;

/** A world in which people decide, and that reads mail. */
export async function openRightsWorld(
  open: () => Promise<TestDatabase>,
): Promise<{ readonly world: WardenWorld; readonly inbox: MovingInbox }> {
  const inbox = createMovingInbox();
  const world = await openWorld(open, {
    mailbox: { inbox, oversight: 'gated_send', ceiling: 'autonomous' },
    budgets: { firstContactsPerDay: 500 },
    internalDomains: ['partner.example', 'customer.example'],
    onSuppress: () => {},
  });
  return { world, inbox };
}

/** Raw mail to the support mailbox; `rest` has more fields, an empty line and the text. */
export function mailFrom(from: string, rest: string): string {
  return `From: ${from}\nTo: ${SUPPORT}\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n${rest}`;
}

/** Everything that the public API takes, with the mark wherever words go. */
export async function plantPerson(
  world: WardenWorld,
  inbox: MovingInbox,
): Promise<{ readonly queued: string; readonly held: string }> {
  await plantFacts(world);
  await plantMail(world, inbox);
  await plantAnswers(world);
  return plantWaiting(world);
}

const agentOf = (world: WardenWorld, options = {}) =>
  world.agent('bot', { mailboxes: [MARKETING, SUPPORT], run: 'r1', ...options });

const approve = (world: WardenWorld, id: string | undefined, options = {}) =>
  world.warden.reviewer('ops').decide(id ?? '', 'approve', options);

/** What the application, agents and reviewers say about them. */
async function plantFacts(world: WardenWorld): Promise<void> {
  await world.warden.system().setContact(ANA, {
    name: `Ana ${MARK}`,
    source: `${MARK}.csv`,
    timeZone: 'Europe/Berlin',
    country: 'US',
    provenance: { how: `web ${MARK}`, evidence: `scan ${MARK}` },
  });
  const row = { address: ANA, attributes: { hobby: `likes ${MARK}` }, tags: [`i-${MARK}`] };
  await world.warden.system().importContacts([row], { source: 'list.csv' });
  await agentOf(world).contacts({
    mailbox: MARKETING,
    address: ANA_TOO,
    name: MARK,
    addTags: MARK,
  });
  await world.warden.system().recordConsent(ANA, {
    basis: 'legitimate_interest',
    balancing: `file ${MARK}`,
    evidence: { method: `form ${MARK}`, ip: MARK },
  });
  await agentOf(world, { onBehalfOf: 'kim@acme.example' }).reportConsent({
    address: ANA,
    basis: 'express',
    method: MARK,
    quote: `Yes, says ${MARK}`,
  });
  await world.warden.system().withdrawConsent(ANA_TOO, { evidence: { said: MARK } });
  await world.warden.reviewer('ops').suppress(ANA, { scope: 'topic:tips', note: `said ${MARK}` });
  await world.warden.reviewer('ops').liftSuppression(ANA, `asked ${MARK}`);
}

/** From them, from others about them, and a report about mail to them. */
async function plantMail(world: WardenWorld, inbox: MovingInbox): Promise<void> {
  const received = world.clock.now - HOUR;
  const from = `"Ana ${MARK}" <${ANA}>`;
  const ids = `Message-ID: <1.${MARK}@customer.example>\nReply-To: ${ANA_TOO}\n`;
  inbox.put(mailFrom(from, ids + withFile(`Ask ${MARK}`, `Hello, I am ${MARK}`)), received);
  const reply = `References: <1.${MARK}@customer.example>\nCc: bob@partner.example\n`;
  inbox.put(
    mailFrom(
      'Bob <bob@partner.example>',
      `${reply}Subject: Re\n\nMine.\n\nOn Monday Ana <x@y.example> wrote:\n> Hello, I am ${MARK}\n\nIndeed.\n\n> I remain ${MARK}\n\nYours.\n`,
    ),
    received,
  );
  inbox.put(
    mailFrom('Eve <eve@partner.example>', `Subject: About\n\nWrite to ${ANA}, will you?\n`),
    received,
  );
  inbox.put(
    `From: mailer-daemon@mx.example\nTo: ${SUPPORT}\nAuto-Submitted: auto-replied\nSubject: Failed\n\n<${ANA}> does not exist: ${MARK}\n`,
    received,
  );
  await world.warden.tick();
}

/** An answer that a person edits, a file that is passed on, a draft that is refused. */
async function plantAnswers(world: WardenWorld): Promise<void> {
  const list = await agentOf(world).checkInbox({ mailbox: SUPPORT });
  const found = list.status === 'ok' ? list.emails : [];
  const asked = found.find(({ subject }) => subject === `Ask ${MARK}`);
  const email = await agentOf(world).readEmail({ messageId: asked?.id ?? '' });
  const handle = email.status === 'ok' ? (email.attachments[0]?.id ?? '') : '';
  await agentOf(world).tag({ messageId: asked?.id ?? '', tags: `m-${MARK}` });
  const answered = await agentOf(world).reply({
    messageId: asked?.id ?? '',
    body: `Dear ${MARK}`,
    tags: MARK,
  });
  await approve(world, answered.messageId, {
    edit: { body: `Dear Ms ${MARK}` },
    reason: `ok ${MARK}`,
  });
  const forward = await agentOf(world).send({
    mailbox: SUPPORT,
    to: BOB,
    subject: 'A file',
    body: 'See the file.',
    attachments: [handle],
  });
  await approve(world, forward.messageId);
  await world.warden.tick();
  const rejected = await agentOf(world).send({
    mailbox: MARKETING,
    to: ANA_TOO,
    subject: `News ${MARK}`,
    body: `For ${MARK}`,
    headers: [`X-Campaign-ID: ${MARK}`],
    idempotencyKey: `welcome ${MARK}`,
  });
  await world.warden.reviewer('ops').decide(rejected.messageId ?? '', 'reject', {
    reason: `Not to ${MARK}`,
  });
}

/** Waiting when an erasure comes: to them alone, and to them with somebody else. */
async function plantWaiting(
  world: WardenWorld,
): Promise<{ readonly queued: string; readonly held: string }> {
  const shared = await agentOf(world).send({
    mailbox: SUPPORT,
    to: [BOB, ANA],
    subject: `Both ${MARK}`,
    body: `For ${MARK} and Bob`,
  });
  const queued = await agentOf(world).send({
    mailbox: SUPPORT,
    to: ANA,
    subject: MARK,
    body: MARK,
  });
  await approve(world, shared.messageId);
  await approve(world, queued.messageId);
  const held = await agentOf(world).send({
    mailbox: SUPPORT,
    to: ANA,
    subject: 'Held',
    body: MARK,
  });
  return { queued: queued.messageId ?? '', held: held.messageId ?? '' };
}

function withFile(subject: string, text: string): string {
  const file = Buffer.from(`a,b\n${MARK},2\n`).toString('base64');
  return [
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    text,
    '--b',
    `Content-Type: text/csv; name=${MARK}.csv`,
    `Content-Disposition: attachment; filename=${MARK}.csv`,
    'Content-Transfer-Encoding: base64',
    '',
    file,
    '--b--',
    '',
  ].join('\n');
}
