import {
  type ScriptedSmtpServer,
  type SmtpAnswer,
  type SmtpMoment,
  type SmtpScript,
  type SmtpStage,
  startScriptedSmtpServer,
} from '@mailwarden/testing';

/** What the server did with a message whose final dot it had. */
export type End = 'taken' | 'unclear' | 'refused for now' | 'refused';

/** One message and one of its recipients, as the server saw the end of it. */
export interface Handed {
  /** Without the angle brackets. */
  readonly messageId: string;
  readonly recipient: string;
  readonly end: End;
}

/** Where in a dialogue a process may be killed. */
export type WireMoment = 'mail' | 'rcpt' | 'content' | 'dot';

/** A server with moods that remembers what it had of every message. */
export interface MoodyServer {
  readonly url: string;
  /** How many of a hundred transactions, and connections, go wrong. */
  setMood(bad: number): void;
  /** Calls `strike` with the name of the process that first comes to this moment, and goes on. */
  strikeAt(moment: WireMoment, strike: (name: string) => void): void;
  strikeAt(moment: undefined): void;
  /** In the order in which the dots came. */
  handed(): readonly Handed[];
  /** Recipients who were refused for good before or after the message came. */
  readonly refused: ReadonlySet<string>;
  /** How often each mood was met. */
  readonly moods: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

interface Mood {
  readonly name: string;
  readonly stage: SmtpStage;
  readonly answer: SmtpAnswer;
}

const mood = (name: string, stage: SmtpStage, answer: SmtpAnswer): Mood => ({
  ...{ name, stage, answer },
});
const GARBAGE = { raw: 'what? 42\r\n\u0000\u00ff\r\n' };

/** Each is as likely as the others. */
const MOODS: readonly Mood[] = [
  mood('421 at MAIL', 'mail', { reply: '421 4.3.2 Going down', act: 'end' }),
  mood('451 at MAIL', 'mail', '451 4.7.1 Greylisted, try again later'),
  mood('drops at MAIL', 'mail', { act: 'drop' }),
  mood('stalls at MAIL', 'mail', { act: 'stall' }),
  mood('garbage at MAIL', 'mail', GARBAGE),
  mood('450 at RCPT', 'rcpt', '450 4.2.1 Mailbox busy'),
  mood('550 at RCPT', 'rcpt', '550 5.1.1 No such user'),
  mood('garbage at RCPT', 'rcpt', { ...GARBAGE, act: 'drop' }),
  mood('451 at DATA', 'data', '451 4.3.0 Not now'),
  mood('drops at DATA', 'data', { act: 'drop' }),
  mood('drops within DATA', 'content', { act: 'drop' }),
  mood('stalls within DATA', 'content', { act: 'stall' }),
  mood('drops after the dot', 'dot', { act: 'drop' }),
  mood('stalls after the dot', 'dot', { act: 'stall' }),
  mood('garbage after the dot', 'dot', { ...GARBAGE, act: 'drop' }),
  mood('421 after the dot', 'dot', { reply: '421 4.3.2 Going down', act: 'end' }),
  mood('451 after the dot', 'dot', '451 4.3.0 Not now'),
  mood('550 after the dot', 'dot', '550 5.7.1 Refused'),
  mood('250 and drops', 'dot', { reply: '250 2.0.0 Ok', act: 'drop' }),
];
const GREETINGS: readonly Mood[] = [
  mood('421 at connect', 'connect', { reply: '421 4.3.2 Too busy', act: 'end' }),
  mood('drops at connect', 'connect', { act: 'drop' }),
  mood('stalls at connect', 'connect', { act: 'stall' }),
  mood('garbage at connect', 'connect', { ...GARBAGE, act: 'end' }),
];

/** Starts one; `random` says how it feels. */
export async function startMoodyServer(random: () => number): Promise<MoodyServer> {
  const names = new Map<number, string>();
  const felt = new Map<number, Mood>();
  const ends = new Map<number, End>();
  const moods = new Map<string, number>();
  const refused = new Set<string>();
  let bad = 0;
  let struck: { moment: WireMoment; strike: (name: string) => void } | undefined;

  const feel = (among: readonly Mood[]): Mood | undefined => {
    if (random() * 100 >= bad) return undefined;
    const chosen = among[Math.floor(random() * among.length)];
    if (chosen !== undefined) moods.set(chosen.name, (moods.get(chosen.name) ?? 0) + 1);
    return chosen;
  };
  const at = (stage: SmtpStage) => (moment: SmtpMoment) => {
    if (stage === 'mail') {
      const chosen = feel(MOODS);
      if (chosen !== undefined) felt.set(moment.transaction, chosen);
    }
    if (struck?.moment === stage) {
      const { strike } = struck;
      struck = undefined;
      strike(names.get(moment.connection) ?? '');
    }
    const feeling = felt.get(moment.transaction);
    // Of several recipients some are taken.
    const isSpared = stage === 'rcpt' && random() < 0.4;
    const answer = feeling?.stage === stage && !isSpared ? feeling.answer : undefined;
    if (stage === 'dot') ends.set(moment.transaction, toEnd(answer));
    if (isRefusal(answer)) {
      for (const each of stage === 'rcpt' ? [moment.recipient] : moment.rcptTo) refused.add(each);
    }
    return answer;
  };
  const script: SmtpScript = {
    connect: () => feel(GREETINGS)?.answer,
    ehlo: ({ connection, line }) => {
      names.set(connection, line.split(' ')[1] ?? '');
      return undefined;
    },
    mail: at('mail'),
    rcpt: at('rcpt'),
    data: at('data'),
    content: at('content'),
    dot: at('dot'),
  };
  const server: ScriptedSmtpServer = await startScriptedSmtpServer(script);
  return {
    ...{ url: server.url, moods, refused },
    setMood(given) {
      bad = given;
    },
    strikeAt(moment: WireMoment | undefined, strike: (name: string) => void = () => {}) {
      struck = moment === undefined ? undefined : { moment, strike };
    },
    handed: () =>
      server.received.flatMap(({ transaction, raw, rcptTo }) => {
        const messageId = /^Message-ID:\s*<([^>]+)>/im.exec(raw.toString('latin1'))?.[1] ?? '';
        const end = ends.get(transaction) ?? 'unclear';
        return rcptTo.map((recipient) => ({ messageId, recipient, end }));
      }),
    close: () => server.close(),
  };
}

function toEnd(answer: SmtpAnswer | undefined): End {
  if (answer === undefined) return 'taken';
  switch (replyOf(answer)[0]) {
    case '2':
      return 'taken';
    case '4':
      return 'refused for now';
    case '5':
      return 'refused';
    default:
      return 'unclear';
  }
}

function isRefusal(answer: SmtpAnswer | undefined): boolean {
  return answer !== undefined && replyOf(answer).startsWith('5');
}

function replyOf(answer: SmtpAnswer): string {
  return typeof answer === 'string' ? answer : (answer.reply ?? '');
}
