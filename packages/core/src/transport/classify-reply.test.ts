import { describe, expect, it } from 'vitest';
import { classifyReply } from './classify-reply.ts';
import { parseReply } from './parse-reply.ts';
import { REPLY_RULES } from './reply-rules.ts';
import type { SmtpPhase } from './transport.ts';

const classify = (raw: string, phase: SmtpPhase = 'rcpt') => classifyReply(parseReply(raw), phase);

describe('classifyReply', () => {
  it.each([
    ['550 5.1.1 The email account that you tried to reach does not exist', 'user_unknown'],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found', 'user_unknown'],
    ['550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', 'user_unknown'],
    ['550 5.5.0 Requested action not taken: mailbox unavailable', 'user_unknown'],
    ['550 No such user here', 'user_unknown'],
    // The words outweigh 5.7.1, a code that servers use for everything.
    ['550 5.7.1 User unknown', 'user_unknown'],
    ['550 5.1.10 Recipient address has null MX', 'not_accept'],
    ['550 5.1.6 Recipient no longer on server', 'has_moved'],
    ["552 5.2.2 The recipient's inbox is out of storage space and inactive", 'suspend'],
  ])('counts %j against the address at once', (raw, reason) => {
    expect(classify(raw)).toMatchObject({ class: 'permanent', reason, permanentAddress: true });
  });

  it.each([
    [
      '550 5.7.1 Our system has detected that this message is likely unsolicited mail',
      'spam_detected',
    ],
    [
      '550 5.7.1 Unauthenticated email from acme.example is not accepted due to DMARC policy',
      'auth_failure',
    ],
    ['550 5.7.1 Messages missing a valid From: header are not accepted', 'not_compliant_rfc'],
    ['554 5.7.1 <ada@example.com>: Relay access denied', 'no_relaying'],
    ['550 5.7.1 Refused', 'security_error'],
    ['550 5.7.1 The IP you are using does not have a PTR record', 'require_ptr'],
    [
      '550 5.7.1 Unfortunately, messages from [192.0.2.1] were not sent. block list (S3150)',
      'blocked',
    ],
    ['550 5.1.1 Rejected: 192.0.2.1 is listed by Spamhaus', 'blocked'],
    ['550 5.7.606 Access denied, banned sending IP', 'blocked'],
    ['550 5.7.511 Access denied, banned sender', 'blocked'],
    ['550 5.7.1 User unknown; 192.0.2.1 is on our block list', 'blocked'],
    ['421 4.7.0 Very low reputation of the sending IP address', 'bad_reputation'],
    ['450 4.2.1 The user is receiving mail at a rate that prevents delivery', 'speeding'],
    ['451 4.7.650 The mail server has been temporarily rate limited', 'speeding'],
    ['550 5.7.705 Access denied, tenant has exceeded threshold', 'speeding'],
    ['550 5.7.27 Sender address has null MX', 'rejected'],
    ['550 5.7.26 This mail has been blocked because the sender is unauthenticated', 'auth_failure'],
    ['421 4.7.0 Too many connections from your host', 'too_many_conn'],
    ['552 5.3.4 Message size exceeds fixed limit', 'mesg_too_big'],
    ['550 5.7.1 Message contains a virus', 'virus_detected'],
    ['550 5.6.0 Malformed message', 'content_error'],
  ])('never counts %j against the address or its mailbox', (raw, reason) => {
    const verdict = classify(raw);
    expect(verdict).toMatchObject({ reason, permanentAddress: false });
    expect(['message', 'infrastructure']).toContain(verdict.family);
  });

  it.each([
    ['452 4.2.2 The recipient is over quota', 'mailbox_full', 'transient'],
    ['552 5.2.2 Mailbox full', 'mailbox_full', 'permanent'],
    ['552 Requested mail action aborted', 'mailbox_full', 'permanent'],
    ['550 5.2.1 The email account that you tried to reach is disabled', 'suspend', 'permanent'],
    ['552 5.2.3 Message length exceeds administrative limit', 'exceed_limit', 'permanent'],
    ['550 5.2.1 Mailbox does not take this', 'filtered', 'permanent'],
    ['550 Denied', 'filtered', 'permanent'],
    ['553 Denied', 'filtered', 'permanent'],
  ])('counts %j towards the mailbox only', (raw, reason, verdict) => {
    expect(classify(raw)).toEqual({
      class: verdict,
      reason,
      family: 'mailbox',
      permanentAddress: false,
    });
  });

  it('does not take a missing domain as final, since a name server may be at fault', () => {
    expect(classify('550 5.1.2 Host unknown')).toMatchObject({
      reason: 'host_unknown',
      family: 'address',
      permanentAddress: false,
    });
  });

  it.each(['connect', 'mail'] as const)('reads nothing about the recipient at %s', (phase) => {
    for (const raw of ['550 5.1.1 User unknown', '552 5.2.2 Over quota', '556 No', '550 No']) {
      expect(['address', 'mailbox']).not.toContain(classify(raw, phase).family);
    }
  });

  it('takes what is about the session as transient', () => {
    expect(classify('530 5.7.0 Authentication required', 'mail').class).toBe('transient');
    expect(classify('535 5.7.8 Bad credentials', 'connect').class).toBe('transient');
    const listed = classify('535 5.7.8 Your IP is listed by zen.spamhaus.org', 'connect');
    expect(listed).toMatchObject({ class: 'transient', reason: 'blocked' });
    const often = classify('535 5.7.8 Too many logins, rate limited', 'connect');
    expect(often).toMatchObject({ class: 'transient', reason: 'speeding' });
    expect(classify('503 Bad sequence of commands', 'mail').class).toBe('transient');
  });

  it('tells an address refused for now from one refused for good', () => {
    expect(classify('450 4.1.1 Unverified address')).toMatchObject({
      class: 'transient',
      permanentAddress: false,
    });
  });

  it('accepts 2yz and understands nothing in garbage', () => {
    expect(classify('250 2.0.0 ok', 'done').class).toBe('accepted');
    expect(classify('hello')).toEqual({
      class: 'transient',
      reason: 'undefined',
      family: 'transport',
      permanentAddress: false,
    });
  });

  it('has a source for every rule, and none that waits on a long hostile text', () => {
    const hostile = `550 ${'spf dkim dmarc too many missing sender relay '.repeat(20)}`;
    expect(REPLY_RULES.every((rule) => rule.source !== '')).toBe(true);
    expect(classify(hostile).class).toBe('permanent');
  });
});
