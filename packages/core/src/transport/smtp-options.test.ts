import { describe, expect, it } from 'vitest';
import { resolveSmtpOptions, type SmtpOptions } from './smtp-options.ts';

const refusal = (url: string, options: SmtpOptions = {}): { code?: string; message: string } => {
  try {
    resolveSmtpOptions(url, options);
  } catch (error) {
    return error as Error;
  }
  return { message: 'nothing was thrown' };
};

describe('resolveSmtpOptions', () => {
  it.each([
    ['smtp://mail.acme.example', 'mail.acme.example', 587, false],
    ['smtp://mail.acme.example:2525/', 'mail.acme.example', 2525, false],
    ['smtps://mail.acme.example', 'mail.acme.example', 465, true],
    ['smtp://[::1]:25', '::1', 25, false],
  ])('reads %s', (url, host, port, secure) => {
    expect(resolveSmtpOptions(url, {})).toMatchObject({ host, port, secure, auth: undefined });
  });

  it('takes credentials from the URL, and from the options before the URL', () => {
    const url = 'smtp://ops%40acme.example:p%3Ass@mail.acme.example';
    expect(resolveSmtpOptions(url, {}).auth).toEqual({ user: 'ops@acme.example', pass: 'p:ss' });
    const auth = { user: 'other', pass: 'secret' };
    expect(resolveSmtpOptions(url, { auth }).auth).toEqual(auth);
  });

  it('asks for TLS when there are credentials and the host is not loopback', () => {
    expect(resolveSmtpOptions('smtp://u:pass@mail.acme.example', {}).requireTls).toBe(true);
    expect(resolveSmtpOptions('smtp://mail.acme.example', {}).requireTls).toBe(false);
    expect(resolveSmtpOptions('smtp://u:pass@127.0.0.1', {}).requireTls).toBe(false);
    expect(resolveSmtpOptions('smtp://u:pass@mailpit', { requireTls: false }).requireTls).toBe(
      false,
    );
  });

  it('lets one send take 60 seconds, at most 90', () => {
    const url = 'smtp://mail.acme.example';
    expect(resolveSmtpOptions(url, {}).sendTimeout).toBe(60_000);
    expect(resolveSmtpOptions(url, { sendTimeout: 90_000 }).sendTimeout).toBe(90_000);
    expect(refusal(url, { sendTimeout: 90_001 }).code).toBe('OPTION_INVALID');
  });

  it.each([
    ['no url at all'],
    ['http://mail.acme.example'],
    ['smtp://'],
    ['smtp://u:hunter2@mail.acme.example/path'],
    ['smtp://u:hunter2@mail.acme.example?pool=true'],
    ['smtp://u:hunter2@mail.acme.example:99999'],
    ['smtp://onlyuser@mail.acme.example'],
  ])('refuses %s and repeats no password', (url) => {
    expect(refusal(url).code).toBe('OPTION_INVALID');
    expect(refusal(url).message).not.toContain('hunter2');
  });

  it('refuses what it does not know, and values that cannot be', () => {
    const url = 'smtp://mail.acme.example';
    expect(refusal(url, { pool: true } as SmtpOptions).code).toBe('OPTION_UNKNOWN');
    expect(refusal(url, { maxConnections: 0 }).code).toBe('OPTION_INVALID');
    expect(refusal(url, { name: 'a\r\nMAIL FROM:<x>' }).code).toBe('OPTION_INVALID');
    expect(refusal(url, { auth: { user: 'u', pass: undefined } }).code).toBe('OPTION_INVALID');
  });
});
