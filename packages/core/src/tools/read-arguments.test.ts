import { describe, expect, it } from 'vitest';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { checkInboxTool } from './definitions/check-inbox.ts';
import { decideEmailTool } from './definitions/decide-email.ts';
import { replyEmailTool } from './definitions/reply-email.ts';
import { sendEmailTool } from './definitions/send-email.ts';
import { readArguments } from './read-arguments.ts';
import type { EmailTool } from './tool.ts';

const send = (args: unknown) => readArguments(sendEmailTool, args);
const inbox = (args: unknown) => readArguments(checkInboxTool, args);

function refusal(tool: EmailTool, args: unknown): { code: string; message: string } {
  try {
    readArguments(tool, args);
  } catch (error) {
    if (error instanceof MailwardenError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('was accepted');
}

describe('readArguments', () => {
  it.each([[null], [''], ['  '], ['null'], [[]], [['', null]], [{}], [undefined]])(
    'takes %j as absent',
    (nothing) => {
      expect(send({ to: ['ann@example.com'], subject: nothing, tags: nothing })).toEqual({
        to: ['ann@example.com'],
      });
    },
  );

  it('takes absent arguments with unknown names as absent', () => {
    expect(send({ to: 'ann@example.com', priority: null })).toEqual({ to: ['ann@example.com'] });
  });

  it('takes a single text as a list of one, and a list written as JSON as a list', () => {
    expect(send({ to: 'ann@example.com', tags: '["a", "b"]' })).toEqual({
      to: ['ann@example.com'],
      tags: ['a', 'b'],
    });
  });

  it('turns objects of headers and variables into lines', () => {
    expect(
      send({
        to: ['ann@example.com'],
        headers: { 'X-Campaign-ID': 'spring', 'X-Empty': '' },
        variables: { name: 'Ann', seats: 3 },
      }),
    ).toEqual({
      to: ['ann@example.com'],
      headers: ['X-Campaign-ID: spring'],
      variables: ['name=Ann', 'seats=3'],
    });
  });

  it('takes numbers and booleans written as text', () => {
    expect(inbox({ limit: '20', filter: { unread: 'true', tags: 'mql' } })).toEqual({
      limit: 20,
      filter: { unread: true, tags: ['mql'] },
    });
  });

  it('takes a filter, or all arguments, written as JSON', () => {
    expect(inbox({ filter: '{"unread":true}' })).toEqual({ filter: { unread: true } });
    expect(inbox('{"limit":5}')).toEqual({ limit: 5 });
    expect(inbox(undefined)).toEqual({});
  });

  it('keeps a false and a zero', () => {
    expect(inbox({ limit: 0, filter: { unread: false } })).toEqual({
      limit: 0,
      filter: { unread: false },
    });
  });

  it('refuses an unknown name and lists the valid ones', () => {
    const { code, message } = refusal(sendEmailTool, { to: 'ann@example.com', reply_to: 'x@y.z' });
    expect(code).toBe('ARGUMENT_UNKNOWN');
    expect(message).toContain('"reply_to" came; valid are mailbox, to, cc, bcc, subject, body');
  });

  it('refuses an unknown filter by its path', () => {
    const { code, message } = refusal(checkInboxTool, { filter: { label: 'x' } });
    expect(code).toBe('ARGUMENT_UNKNOWN');
    expect(message).toContain('"filter.label" came; valid are filter.direction');
  });

  it.each([['__proto__'], ['constructor'], ['toString'], ['hasOwnProperty']])(
    'refuses %s like any other unknown name',
    (name) => {
      const args: unknown = JSON.parse(`{"to":["ann@example.com"],"${name}":{"x":1}}`);
      expect(refusal(sendEmailTool, args).code).toBe('ARGUMENT_UNKNOWN');
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    },
  );

  it.each<[EmailTool, unknown, string]>([
    [sendEmailTool, { to: 42 }, 'to must be a list of texts, not 42'],
    [sendEmailTool, { to: [{ email: 'a@b.example' }] }, 'to must be a list of texts, not a list'],
    [sendEmailTool, { to: 'a@b.example', subject: 5 }, 'subject must be text, not 5'],
    [sendEmailTool, { to: 'a@b.example', body: { a: 1 } }, 'body must be text, not an object'],
    [sendEmailTool, { to: 'a@b.example', headers: { a: { b: 'c' } } }, 'headers must be a list'],
    [checkInboxTool, { limit: 'many' }, 'limit must be a whole number, not "many"'],
    [checkInboxTool, { limit: 1.5 }, 'limit must be a whole number, not 1.5'],
    [checkInboxTool, { filter: { unread: 'maybe' } }, 'filter.unread must be true or false'],
    [checkInboxTool, { filter: 'new' }, 'filter must be an object, not "new"'],
    [checkInboxTool, [1], 'The arguments must be an object, not a list'],
    [decideEmailTool, { message_id: 'm', decision: 'maybe' }, 'one of approve, reject'],
    [replyEmailTool, { tags: ['x'] }, 'message_id and body must be given'],
    [sendEmailTool, { subject: 'Hi' }, 'to must be given'],
  ])('refuses a value of the wrong kind: %#', (tool, args, expected) => {
    const { code, message } = refusal(tool, args);
    expect(code).toBe('ARGUMENT_INVALID');
    expect(message).toContain(expected);
    expect(message.length).toBeLessThan(300);
  });

  it('echoes little of a huge value', () => {
    const { message } = refusal(checkInboxTool, { limit: 'x'.repeat(100_000) });
    expect(message.length).toBeLessThan(300);
  });
});
