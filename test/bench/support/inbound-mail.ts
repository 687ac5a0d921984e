const LINES = `Thank you for the quick answer.
We looked at it together this morning, and two questions are left.
The export stops after the second page when the filter is set.
Could you tell us whether the new plan covers ten seats?
I have attached what we see on our side.
On Thursday we are not in the office; any other day is fine.
The invoice of last month went to the old address.
Everything else works as it should.`.split('\n');

/** Of twenty messages: what a support mailbox gets. */
const KINDS = [
  ...Array.from({ length: 12 }, () => toReply),
  ...Array.from({ length: 4 }, () => toPlain),
  ...Array.from({ length: 2 }, () => toAttached),
  ...Array.from({ length: 2 }, () => toReport),
];

/** The `index`th message of a mailbox, in bytes as they came. */
export function inboundMail(index: number): string {
  const make = KINDS[index % KINDS.length] ?? toPlain;
  return make(index).replaceAll('\n', '\r\n');
}

function header(index: number, more: string): string {
  return `Received: from mx.example.com (mx.example.com [192.0.2.7])
 by mail.acme.example with ESMTPS id ${index}; Mon, 05 Oct 2026 10:00:00 +0000
Authentication-Results: mail.acme.example; dmarc=pass header.from=example.com
From: Person ${index} <person${index}@example.com>
To: support@acme.example
Subject: Re: Question ${index}
Date: Mon, 05 Oct 2026 10:00:00 +0000
Message-ID: <${index}.mail@example.com>
MIME-Version: 1.0
${more}`;
}

function text(index: number): string {
  return Array.from({ length: 6 }, (_, at) => LINES[(index + at) % LINES.length]).join('\n');
}

function quote(index: number): string {
  const old = text(index + 3);
  return `On Mon, 5 Oct 2026 at 09:12, Acme Support <support@acme.example> wrote:

${`${old}\n${old}`.replaceAll(/^/gm, '> ')}`;
}

function toPlain(index: number): string {
  return header(
    index,
    `Content-Type: text/plain; charset=utf-8

${text(index)}

${quote(index)}
`,
  );
}

function toReply(index: number): string {
  const own = text(index).replaceAll('\n', '<br>\n');
  const old = `${text(index + 3)}\n${text(index + 5)}`.replaceAll('\n', '<br>\n');
  return header(
    index,
    `In-Reply-To: <${index}.sent@acme.example>
References: <${index}.sent@acme.example>
Content-Type: multipart/alternative; boundary="alt"

--alt
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

${text(index)} =E2=80=93 Ana

${quote(index)}
--alt
Content-Type: text/html; charset=utf-8

<div dir="ltr">${own}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon,
 5 Oct 2026 at 09:12, Acme Support &lt;<a href="mailto:support@acme.example">support@acme.example</a>&gt;
 wrote:<br></div><blockquote class="gmail_quote">${old}</blockquote></div>
--alt--
`,
  );
}

function toAttached(index: number): string {
  const bytes = Buffer.alloc(30_000, `${index} `).toString('base64');
  return header(
    index,
    `Content-Type: multipart/mixed; boundary="mix"

--mix
Content-Type: text/plain; charset=utf-8

${text(index)}
--mix
Content-Type: application/pdf; name="invoice-${index}.pdf"
Content-Disposition: attachment; filename="invoice-${index}.pdf"
Content-Transfer-Encoding: base64

${bytes.replaceAll(/.{76}/g, '$&\n')}
--mix--
`,
  );
}

function toReport(index: number): string {
  return `Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: support@acme.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 05 Oct 2026 10:00:00 +0000
Message-ID: <${index}.report@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="rep"

--rep
Content-Type: text/plain; charset=us-ascii

The message could not be delivered.

<person${index}@example.com>: host mx.example.com said: 550 5.1.1 User unknown (in reply to RCPT TO command)
--rep
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; person${index}@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown
--rep
Content-Type: text/rfc822-headers

From: support@acme.example
To: person${index}@example.com
Message-ID: <${index}.lost@acme.example>
Subject: Question ${index}
--rep--
`;
}
