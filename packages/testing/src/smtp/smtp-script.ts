/** Where in the dialogue a script may act. */
export type SmtpStage =
  /** The client connected; by default `220`. */
  | 'connect'
  | 'ehlo'
  | 'starttls'
  | 'auth'
  | 'mail'
  | 'rcpt'
  /** The DATA command; by default `354`. */
  | 'data'
  /** The first byte of the message came, the final dot not yet. */
  | 'content'
  /** The final dot came; by default `250`. */
  | 'dot'
  | 'rset'
  | 'quit'
  /** Any other command; by default `502`. */
  | 'other';

/**
 * What the server does at a stage. A string is one reply; lines are joined with `\n` and sent with
 * CRLF. An object writes `reply` or the bytes of `raw`, if any, then resets the connection
 * (`act: 'drop'`), closes it in order (`'end'`) or never answers again (`'stall'`).
 */
export type SmtpAnswer =
  | string
  | {
      readonly reply?: string;
      readonly raw?: string | Uint8Array;
      readonly act?: 'drop' | 'end' | 'stall';
    };

/** What the server knows when it has to answer. */
export interface SmtpMoment {
  /** 1 for the first connection of the server. */
  readonly connection: number;
  /** 1 for the first MAIL of the server; 0 before any on this connection. */
  readonly transaction: number;
  /** The command as it came, without CRLF; empty at `connect`, `content` and `dot`. */
  readonly line: string;
  readonly mailFrom: string;
  /** The recipient of this RCPT; otherwise empty. */
  readonly recipient: string;
  /** Recipients answered 2yz so far. */
  readonly rcptTo: readonly string[];
}

/**
 * One step per stage: an answer, or a function of the moment; `undefined` means the default. A
 * server is byte-exact: it sends what the script says and checks nothing.
 */
export type SmtpScript = {
  readonly [stage in SmtpStage]?: SmtpAnswer | ((moment: SmtpMoment) => SmtpAnswer | undefined);
} & {
  /** Lines of the EHLO reply. @default PIPELINING, 8BITMIME, SMTPUTF8, SIZE 10485760 */
  readonly extensions?: readonly string[];
};

/** The default answer of a well-behaved server. */
export function defaultAnswer(
  stage: SmtpStage,
  script: SmtpScript,
  { rcptTo }: Pick<SmtpMoment, 'rcptTo'>,
): SmtpAnswer {
  switch (stage) {
    case 'connect':
      return '220 scripted.example ESMTP';
    case 'ehlo':
      return toEhloReply(script.extensions ?? EXTENSIONS);
    case 'starttls':
      return '454 4.7.0 TLS not available';
    case 'auth':
      return '235 2.7.0 Authentication successful';
    case 'mail':
      return '250 2.1.0 Sender ok';
    case 'rcpt':
      return '250 2.1.5 Recipient ok';
    case 'data':
      // RFC 5321 §3.3: with nobody to take the message for, it is not asked for.
      return rcptTo.length === 0
        ? '554 5.5.1 No valid recipients'
        : '354 End data with <CR><LF>.<CR><LF>';
    case 'content':
      return {};
    case 'dot':
      return '250 2.0.0 Ok: queued';
    case 'rset':
      return '250 2.0.0 Ok';
    case 'quit':
      return { reply: '221 2.0.0 Bye', act: 'end' };
    case 'other':
      return '502 5.5.1 Command not implemented';
  }
}

const EXTENSIONS = ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'SIZE 10485760'];

function toEhloReply(extensions: readonly string[]): string {
  const lines = ['scripted.example', ...extensions];
  return lines.map((line, at) => `250${at === lines.length - 1 ? ' ' : '-'}${line}`).join('\n');
}
