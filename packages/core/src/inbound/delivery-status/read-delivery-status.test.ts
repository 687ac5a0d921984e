import { describe, expect, test } from 'vitest';
import { parseInbound } from '../parse-inbound.ts';
import { toMail } from './testing/report-fixture.ts';
import { REPORTS } from './testing/reports.ts';

describe('a report of', () => {
  test.each(REPORTS.map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    async (_, fixture) => {
      const { deliveryStatus, kind } = await parseInbound(toMail(fixture));
      expect(kind).toBe('delivery_status');
      expect(
        deliveryStatus?.recipients.map(({ address, action, permanent, reason }) => ({
          address,
          action,
          reason,
          permanent,
        })),
      ).toEqual(
        fixture.expected.map(({ address, action = 'failed', dead = false, reason }) => ({
          address,
          action,
          reason,
          permanent: dead,
        })),
      );
      expect(deliveryStatus?.originalInternetMessageId).toBe(fixture.original);
    },
  );
});

describe('mail of people', () => {
  const letter = (fields: string, body: string) =>
    parseInbound(`From: Ana <ana@example.com>\nTo: news@acme.example\n${fields}\n\n${body}`);

  test.each(REPORTS.map((fixture) => [fixture.name, fixture] as const))(
    'that quotes a report of %s is no report',
    async (_, fixture) => {
      const subject = /Subject: (.*)/.exec(fixture.header)?.[1] ?? '';
      const quoted = fixture.body.replace(/^/gm, '> ');
      const answer = await letter(`Subject: Re: ${subject}`, `What does this mean?\n\n${quoted}`);
      expect(answer.kind).toBe('message');
      const forward = await letter(`Subject: Fwd: ${subject}`, `See below.\n\n${fixture.body}`);
      expect(forward.kind).toBe('message');
    },
  );

  test.each([
    ['Delivery problem', 'Our parcel to ana@example.com could not be delivered, error 550.'],
    ['Failure notice', 'Sorry, I was unable to come. Please write to bo@example.com instead.'],
    ['Returned mail', 'The letter came back: unknown recipient. Kind regards'],
    ['Delivery failure', 'Hello, your message to ana@example.com could not be delivered, says Bo.'],
    ['Mail delivery failed', 'My mail to ana@example.com was not delivered. What now?'],
    ['Undeliverable', '> Your message could not be delivered to ana@example.com\n\nWhy is that?'],
    ['User unknown', 'Who is bo@example.com? The user is unknown here.'],
  ])('under the subject "%s" is no report', async (subject, body) => {
    expect((await letter(`Subject: ${subject}`, body)).kind).toBe('message');
  });

  test('from a postmaster who writes by hand is no report', async () => {
    const mail = await parseInbound(
      'From: Postmaster <postmaster@example.com>\nTo: news@acme.example\nSubject: Your mailing\n\nDear colleagues, please slow down. Ana',
    );
    expect(mail.kind).toBe('message');
  });
});
