import { describe, expect, it } from 'vitest';
import { findRelay, findRelayByHost } from './find-relay.ts';
import { findRelayId } from './find-relay-id.ts';
import type { RelayName } from './relay.ts';
import { RELAYS } from './relays.ts';
import { toRelayIds } from './to-relay-ids.ts';

const SES_ID = '0102018f2e8b1c2d-5e3f7a10-9b1c-4d2e-8f30-0123456789ab-000000';
const UUID = '22c74902-a0c1-4511-804f-341342852c90';

describe('a relay', () => {
  it.each([
    ['email-smtp.eu-west-1.amazonaws.com', 'ses'],
    ['email-smtp-fips.us-gov-west-1.amazonaws.com', 'ses'],
    ['smtp.postmarkapp.com', 'postmark'],
    ['smtp.sendgrid.net', 'sendgrid'],
    ['smtp.eu.mailgun.org', 'mailgun'],
    ['in-v3.mailjet.com', 'mailjet'],
    ['smtp-relay.brevo.com', 'brevo'],
    ['smtp-relay.gmail.com', 'google'],
    ['SMTP.Office365.com', 'microsoft'],
    ['mail.acme.example', undefined],
    ['smtp.gmail.com.acme.example', undefined],
    ['127.0.0.1', undefined],
  ])('%s is %s', (host, name) => {
    expect(findRelayByHost(host)?.name).toBe(name);
  });

  it.each<[RelayName, string, string | undefined]>([
    ['ses', `Ok ${SES_ID}`, SES_ID],
    ['ses', 'Ok', undefined],
    ['postmark', `Ok: queued as ${UUID}`, UUID],
    ['sendgrid', 'Ok: queued as nhIMmON9SFOPcT0ii4nt2A', 'nhIMmON9SFOPcT0ii4nt2A'],
    ['mailjet', `OK queued as ${UUID}`, UUID],
    [
      'brevo',
      'OK: queued as <202301121530.12345@smtp-relay.mailin.fr>',
      '202301121530.12345@smtp-relay.mailin.fr',
    ],
    [
      'microsoft',
      'OK <AM0PR01MB1234ABCD@AM0PR01MB1234.eurprd01.prod.outlook.com> [Hostname=AM0PR01MB1234.eurprd01.prod.outlook.com]',
      'AM0PR01MB1234ABCD@AM0PR01MB1234.eurprd01.prod.outlook.com',
    ],
    [
      'google',
      'OK  1700000000 a1-20020a05600c000000b0040a42aa93efsm123456wrx.12 - gsmtp',
      undefined,
    ],
    ['mailgun', 'Great success', undefined],
    // Too short to be nobody's guess.
    ['brevo', 'queued as <1234@x.example>', undefined],
  ])('%s answers "%s"', (name, text, id) => {
    expect(findRelayId(findRelay(name), { code: 250, text })).toBe(id);
  });

  it('is nobody: then an answer names nothing', () => {
    const reply = { code: 250, text: 'Ok: queued as 4XyZ1k2m3nzQ' };
    expect(findRelayId(undefined, reply)).toBeUndefined();
  });

  it.each([
    [`${SES_ID}@email.amazonses.com`, SES_ID],
    [`${SES_ID}@eu-west-1.amazonses.com`, SES_ID],
    [`${UUID}@mtasv.net`, UUID],
  ])('%s is known by the id of the answer, too', (name, id) => {
    expect(toRelayIds(name)).toEqual([name, id]);
  });

  it.each([`${SES_ID}@amazonses.com.evil.example`, 'a@acme.example', '@mtasv.net', 'x'])(
    '%s is known by itself only',
    (name) => {
      expect(toRelayIds(name)).toEqual([name]);
    },
  );

  it('never has a reply pattern whose id could be a Message-ID of somebody else', () => {
    for (const { messageId, domain } of RELAYS)
      expect(messageId === 'local').toBe(domain !== undefined);
  });
});
