import { describe, expect, test } from 'vitest';
import { classifyReply } from './classify-reply.ts';
import type { SmtpPhase } from './transport.ts';

/** A thing and what became of it, in words that no list of providers has. */
describe('families of words at RCPT', () => {
  test.each([
    ['550 Unrouteable recipient', 'user_unknown'],
    ['550 no such rcpt', 'user_unknown'],
    ['553 invalid local-part', 'user_unknown'],
    ['550 we were unable to locate that mailbox', 'user_unknown'],
    ['550 a mailbox for ana@example.com could not be found', 'user_unknown'],
    ['550 we do not have a mailbox ana', 'user_unknown'],
    ['550 this user is not hosted here', 'user_unknown'],
    ['550 nobody here by that name', 'user_unknown'],
    ['550 5.7.1 the recipient is not in our directory', 'user_unknown'],
    ['554 5.7.1 <ana@example.com>: not in recipient list', 'user_unknown'],
    ['550 ana no longer works for us', 'user_unknown'],
    ['550 that mailbox has been deleted', 'user_unknown'],
    ['550 <ana@example.com> not used', 'user_unknown'],
    ['550 no matching mailbox', 'user_unknown'],
    ["550 that recipient isn't known", 'user_unknown'],
    ['550 ana@example.com unknown', 'user_unknown'],
    ['550 non existing account', 'user_unknown'],
    ["550 we don't know that user", 'user_unknown'],
    ['550 destinataire introuvable', 'user_unknown'],
    ['550 caixa postal inexistente', 'user_unknown'],
    ['550 такого ящика нет', 'user_unknown'],
    ['550 收件人不存在', 'user_unknown'],
    ['550 there is no record of this user', 'user_unknown'],
    ['550 no entry for ana in the directory', 'user_unknown'],
    ['550 the account is out of disk space', 'mailbox_full'],
    ['550 the account has been shut down', 'suspend'],
    ['551 the user has a new address', 'has_moved'],
    ['550 5.2.1 the mailbox is not active', 'suspend'],
    ['550 5.2.1 mailbox unavailable because of inactivity', 'suspend'],
    ['550 user is not enabled for mail', 'suspend'],
    ['550 the account was cancelled', 'suspend'],
    ["452 the user's disk is full", 'mailbox_full'],
    ['552 mailbox capacity exceeded', 'mailbox_full'],
    ['552 the mailbox cannot accept more mail', 'mailbox_full'],
    ['550 5.7.1 relaying to example.com not allowed', 'no_relaying'],
    ['550 this machine does not relay', 'no_relaying'],
    ['554 no mail from your country', 'blocked'],
    ['550 the sender ip was found in our list', 'blocked'],
    ['550 you are not authorized to send to this group', 'rejected'],
    ['550 the reputation of example.com is too low', 'bad_reputation'],
    ['450 the daily limit is reached', 'speeding'],
  ])('%s', (reply, reason) => {
    expect(classifyReply(reply).reason).toBe(reason);
  });
});

describe('what is said of the sender, a server or a number is no word on the address', () => {
  test.each([
    ['550 Too many invalid recipients', 'blocked'],
    ['421 too many unknown users in this session', 'blocked'],
    ["550 the sender's mailbox does not exist", 'rejected'],
    ['550 we could not find the sender domain', 'rejected'],
    ['550 this server does not accept mail from example.org', 'rejected'],
    ['550 your address is unknown to us', 'filtered'],
    ['550 no mailbox for mail from your country', 'blocked'],
    ['550 you are not in the user list of allowed relays', 'filtered'],
    ['550 the account has been deleted from a list', 'filtered'],
    ['451 could not find user database', 'system_error'],
    ['450 cannot find mailbox server', 'on_hold'],
    ['454 4.7.1 client host [192.0.2.1] blocked using dnsbl.example.net', 'blocked'],
  ])('%s', (reply, reason) => {
    expect(classifyReply(reply)).toMatchObject({ reason, permanentAddress: false });
  });
});

describe('families of words after the message', () => {
  test.each([
    ['552 malicious file', 'virus_detected'],
    ['550 attachments of that kind are not accepted', 'policy_violation'],
    ['550 5.7.1 this violates our mail policy', 'policy_violation'],
    ['550 encrypted archive', 'policy_violation'],
    ['550 5.7.1 message stopped by content filter', 'spam_detected'],
    ['550 classified as bulk', 'spam_detected'],
    ['550 5.6.0 more than one From header', 'not_compliant_rfc'],
    ['550 Date header is missing', 'not_compliant_rfc'],
    ['550 e-mail too large', 'mesg_too_big'],
    ['550 the SPF of example.org: 192.0.2.1 is not authorized', 'auth_failure'],
    ['550 rejected by this user', 'filtered'],
    ['550 the recipient does not want this', 'filtered'],
  ])('%s', (reply, reason) => {
    expect(classifyReply(reply, 'done')).toMatchObject({ reason, permanentAddress: false });
  });
});

describe('families of words about the way there', () => {
  test.each<[string, SmtpPhase, string]>([
    ['554 domain example.com does not resolve', 'rcpt', 'host_unknown'],
    ['554 no DNS entry for example.com', 'rcpt', 'host_unknown'],
    ['554 no MX records for domain example.com', 'rcpt', 'not_accept'],
    ['554 the delivery attempt timed out', 'done', 'expired'],
    ['554 retries exhausted', 'done', 'expired'],
    ['554 the connection was closed unexpectedly', 'done', 'network_error'],
    ['554 could not connect to remote server', 'done', 'network_error'],
    ['554 TLS negotiation failed', 'done', 'failed_starttls'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'mail', 'failed_starttls'],
    ['421 the maximum number of connections is reached', 'connect', 'too_many_conn'],
  ])('%s', (reply, phase, reason) => {
    expect(classifyReply(reply, phase).reason).toBe(reason);
  });
});
