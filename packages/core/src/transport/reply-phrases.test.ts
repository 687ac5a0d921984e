import { describe, expect, test } from 'vitest';
import { classifyReply } from './classify-reply.ts';

/** What servers say at RCPT, in the words of many programs; every line is a rule that once failed. */
describe('words at RCPT', () => {
  test.each([
    ["550 local: Sorry, can't find user's mailbox. (#5.1.1)", 'user_unknown'],
    ['450 user path no exist', 'user_unknown'],
    ['550 Mailbox ( ana@example.com ) not found or inactivated', 'user_unknown'],
    ['551 not our customer', 'user_unknown'],
    ['550 User not a member of domain: <ana@example.com>', 'user_unknown'],
    ['550-"The recipient cannot be verified.', 'user_unknown'],
    ['553 5.3.0 <ana@example.com>... Recipient address no longer exists', 'user_unknown'],
    ["554 RCPT (ana@example.com) doesn't exist", 'user_unknown'],
    ['550 <ana@example.com>: Address rejected', 'user_unknown'],
    ['550 sorry, your recipient address is not in my local list', 'user_unknown'],
    ['554 undeliverable address', 'user_unknown'],
    ['553 Requested action not taken: mailbox name not allowed', 'user_unknown'],
    ['550 <ana@example.com>: inactive user', 'suspend'],
    ['550 <ana@example.com>... User account not activated', 'suspend'],
    ['550 account expired', 'suspend'],
    ['551 5.1.6 not our customer any more', 'has_moved'],
    ['550 5.2.1 ana is an expired account', 'suspend'],
    ['540 Error: Wrong recipients', 'user_unknown'],
    ['450 4.2.1 Peak relay limit exceeded', 'speeding'],
    ['554 192.0.2.1 found on one or more DNSBLs', 'blocked'],
    ['554 Client host [192.0.2.1] blocked using a Reputation Sender Blacklist', 'blocked'],
    ['554 (RTR:BB) dynamic', 'blocked'],
    ['451 4.7.1 Sorry, the service is currently unavailable.', 'system_error'],
    ['550 <ana> is now disabled with MTA service.', 'suspend'],
    ['550 mail receiving disabled', 'suspend'],
    ['550 is bounced because : Quota exceed the hard limit', 'mailbox_full'],
    ['550 User has exhausted allowed storage space', 'mailbox_full'],
    ['550 Benutzer hat zuviele Mails auf dem Server', 'mailbox_full'],
    ['550 relaying to <ana@example.com> prohibited by administrator', 'no_relaying'],
    ["550 host isn't allowed to relay", 'no_relaying'],
    ['450 4.3.2 Too many mails (mail bomb), try again in 1 hour(s)', 'speeding'],
    ['432 4.3.2 Concurrent connections limit exceeded.', 'too_many_conn'],
    ['550 this subscriber does not exist', 'user_unknown'],
    ['550 5.1.1 bad-recipient', 'user_unknown'],
    ["550 Cette adresse de messagerie n'existe pas", 'user_unknown'],
    ['552 recipient storage full', 'mailbox_full'],
    ['552 the folder is over the allowed quota', 'mailbox_full'],
    ['550 the box is currently suspended', 'suspend'],
    ['550 Your host is not allowed to connect here', 'blocked'],
    ['550 Your mail server has been banned', 'blocked'],
    ['554 IP=192.0.2.1 - A problem occurred. Ask us', 'blocked'],
    ['550 SC-001 your mail was refused', 'blocked'],
    ['421 RP-001 slow down', 'speeding'],
    ['451 Resources temporarily unavailable', 'system_error'],
    ['550-Requested action not taken: mailbox unavailable\n550 Reject due to policy restrictions.'],
    [
      '550 The sending IP (192.0.2.1) is listed on a list. Please resolve this and retry.',
      'blocked',
    ],
    ['550 The account or domain may not exist, they may be blacklisted', 'host_unknown'],
    ['550 MAILBOX_IS_FULL', 'mailbox_full'],
    ['550 Mail for <no_such_user@example.com> is refused, too_many_recipients', 'too_many_conn'],
    ['550 There are too many messages in that mailbox', 'mailbox_full'],
    ['550 ana has overdrawn the space quota', 'mailbox_full'],
    ['550 This message is larger than the space available', 'mailbox_full'],
    ['550 closed after extended inactivity', 'suspend'],
    ['550 Your e-mail has changed', 'has_moved'],
    ['550 ana is not known at this site', 'user_unknown'],
    ['550 There are no users here by that name', 'user_unknown'],
    ['550 not a recognized mailbox', 'user_unknown'],
    ['550 La dirección ana@example.com no existe', 'user_unknown'],
    ["550 L'account ana@example.com non esiste", 'user_unknown'],
    ['550 El dominio no existe', 'filtered'],
    ['550 Bad destination host', 'host_unknown'],
    ['550 We cannot relay that', 'no_relaying'],
    ['550 Sender verification error: no such user', 'rejected'],
    [
      '550-Verification failed for <news@acme.example>\n550-Response: 550 no such user\n550 try later',
      'rejected',
    ],
  ])('%s', (reply, reason = 'policy_violation') => {
    expect(classifyReply(reply).reason).toBe(reason);
  });
});

describe('words at RCPT in other languages', () => {
  test.each([
    ['550 Die Adresse existiert nicht', 'user_unknown'],
    ['550 Indirizzo inesistente', 'user_unknown'],
    ['550 Destinatario sconosciuto', 'user_unknown'],
    ['550 Nie ma takiego adresu', 'user_unknown'],
    ['550 Odbiorca nie istnieje', 'user_unknown'],
    ['550 Onbekende ontvanger', 'user_unknown'],
    ['550 Mottagaren finns inte', 'user_unknown'],
    ['550 Modtageren findes ikke', 'user_unknown'],
    ['550 Adresa neexistuje', 'user_unknown'],
    ['550 Kullanıcı bulunamadı', 'user_unknown'],
    ['550 A címzett ismeretlen', 'user_unknown'],
    ['550 Почтовый ящик не существует', 'user_unknown'],
    ['550 Postfach ist gesperrt', 'suspend'],
    ['550 Le compte a été désactivé', 'suspend'],
    ['550 La cuenta fue suspendida', 'suspend'],
    ['550 A conta foi desativada', 'suspend'],
    ["550 L'account è stato disattivato", 'suspend'],
    ['550 Konto nieaktywne', 'suspend'],
    ['550 Ящик заблокирован', 'suspend'],
    ['550 该邮箱已停用', 'suspend'],
    ['552 Postvak vol', 'mailbox_full'],
    ['552 Schránka je plná', 'mailbox_full'],
    ['552 Inkorgen är full', 'mailbox_full'],
    ['552 Posta kutusu dolu', 'mailbox_full'],
    ['552 Quota superata', 'mailbox_full'],
  ])('%s', (reply, reason) => {
    expect(classifyReply(reply).reason).toBe(reason);
  });
});

describe('words anywhere in the dialogue', () => {
  test.each([
    ['550 No one with that address', 'user_unknown'],
    ['550 I cannot deliver mail for <ana@example.com>', 'user_unknown'],
    ['550-Verification failed for <ana@example.com> 550 Recipient verify failed', 'user_unknown'],
    ['550 This account has been blocked', 'suspend'],
    ['552 Mailbox limit exceeded', 'mailbox_full'],
    ['556 The tenant was not found', 'not_accept'],
    ['550 no route found to domain example.com', 'host_unknown'],
    ['550 5.1.0 Authentication required', 'security_error'],
    ['550 The mail does not pass DomainKeys', 'auth_failure'],
    ['554 none/bad reputation', 'bad_reputation'],
    ['550 5.7.1 This is likely suspicious due to the low reputation', 'bad_reputation'],
    ['550 192.0.2.1 is listed by the CSS', 'blocked'],
    ['571 Mail from 192.0.2.1 is currently blocked, says our anti-spam filter', 'blocked'],
    ['550 Refused due to abuse', 'blocked'],
    ['450-4.2.1 receives mail at a rate that 450-4.2.1 prevents more of it', 'speeding'],
    ['451 4.7.0 Error: too many errors from 192.0.2.1', 'too_many_conn'],
    ['550 sender news@acme.example has no MX records', 'rejected'],
    ['550 This message scored 7.5 points', 'spam_detected'],
    ['550 5.7.1 Rejected by policy', 'policy_violation'],
    ['554 due to content restrictions', 'policy_violation'],
    ['451 4.5.0 Temporary filter failure', 'system_error'],
    ['553 The From address is not verified', 'rejected'],
    ['550 ana is not accepting mail from news@acme.example', 'rejected'],
    ['597 we think that your message is unwanted', 'spam_detected'],
    ['503 authentication is required to relay here', 'no_relaying'],
    ['510 5.1.1 Your address is not subscribed to that group', 'policy_violation'],
  ])('%s', (reply, reason) => {
    expect(classifyReply(reply).reason).toBe(reason);
  });

  test('access is denied to the one who was just named', () => {
    expect(classifyReply('550 5.7.1 Access denied', 'mail').reason).toBe('rejected');
  });

  test('a connection that was not made is no answer of the mailbox', () => {
    const text = 'connect to mx.example.com[192.0.2.1]:25: Connection refused';
    expect(classifyReply(text, 'connect').reason).toBe('network_error');
  });
});

describe('words after the message', () => {
  test.each([
    ['554 5.5.2 Invalid data in message', 'content_error'],
    ['552 MIME/REJECT: Invalid structure', 'content_error'],
    ['553 Mail data refused by the filter, rule [4711].', 'spam_detected'],
    ['550 REJECTED - spamtext', 'spam_detected'],
    ['550 A URL in this email (example.com) is listed on a list.', 'spam_detected'],
    ["550 Sender's policy prohibits this message: Reject", 'auth_failure'],
    ['554 MailLoop', 'network_error'],
    ['550 mail without From: headers is refused', 'not_compliant_rfc'],
    ['550 The message must be RFC 5322 section 3.6 compliant', 'not_compliant_rfc'],
    ['554 5.7.5 (AU01) Message refused', 'auth_failure'],
    ['550 no mail in non-Latin character sets', 'policy_violation'],
    ['550 Rejected - Content Policy', 'policy_violation'],
    ['554 5.7.1 The mail failed multiple anti-spam tests (HELO, PTR)', 'spam_detected'],
  ])('%s', (reply, reason) => {
    expect(classifyReply(reply, 'done')).toMatchObject({ reason, permanentAddress: false });
  });

  test('a domain without a valid MX takes no mail', () => {
    expect(classifyReply('550 ana@example.com: no valid MX servers found').reason).toBe(
      'not_accept',
    );
  });

  test('Zoho names a policy behind a code for size', () => {
    const reply = '554 5.2.3 MailPolicy violation';
    expect(classifyReply(reply, 'done').reason).toBe('policy_violation');
  });
});

describe('words of one service', () => {
  test.each([
    ['mimecast.com', '550 Envelope blocked - User Entry', 'rejected'],
    ['eu-smtp-inbound-1.mimecast.com', '554 Host network not allowed', 'policy_violation'],
    ['eu-smtp-inbound-1.mimecast.com', '451 Recipient temporarily unavailable', 'blocked'],
    ['eu-smtp-inbound-1.mimecast.com', '550 Local CT IP Reputation - (reject)', 'bad_reputation'],
    ['eu-smtp-inbound-1.mimecast.com', '451 Account inbounds disabled', 'not_accept'],
    ['eu-smtp-inbound-1.mimecast.com', '553 This route requires encryption', 'security_error'],
    ['eu-smtp-inbound-1.mimecast.com', '550 Exceeding outbound thread limit', 'too_many_conn'],
    ['cluster1.eu.messagelabs.com', '553 Recipient mailbox is not allowed', 'user_unknown'],
    ['cluster1.eu.messagelabs.com', '501 Connection rejected by policy [7.7]', 'bad_reputation'],
    ['cluster1.eu.messagelabs.com', '460 too many messages (#4.3.0)', 'speeding'],
    ['mx.zoho.eu', '552 5.1.1 <ana@example.com> delivery restricted by policy', 'policy_violation'],
    ['mx.zoho.com', '541 5.4.1 Mail rejected by destination domain', 'rejected'],
    ['mx.zoho.com', '452 4.3.1 Temporary System Error', 'system_error'],
    ['mx3.qq.com', '550 Domain frequency limited', 'speeding'],
    ['mx3.qq.com', '552 Message too large', 'mesg_too_big'],
    ['mx3.qq.com', '501 Bad address syntax', 'syntax_error'],
    ['smtpin.facebook.com', '554 5.7.1 POL-P7', 'auth_failure'],
    ['smtpin.facebook.com', '554 5.7.1 DNS-P3', 'require_ptr'],
    ['smtpin.facebook.com', '554 5.7.1 POL-P5', 'virus_detected'],
    ['mx.example.com', '535 Not here. IB401', 'security_error'],
    ['mx.example.com', '554 Delivery timeout', 'expired'],
    ['mx.example.com', '550 5.7.1 You are not authorized to send email directly to our servers'],
  ])('%s: %s', (host, reply, reason = 'no_relaying') => {
    expect(classifyReply(reply, 'done', host).reason).toBe(reason);
  });

  test('mean nothing of the kind elsewhere', () => {
    expect(classifyReply('501 Bad address syntax', 'rcpt', 'mx.example.com').reason).toBe(
      'user_unknown',
    );
    expect(classifyReply('552 5.1.1 No', 'rcpt', 'mx.example.com').reason).toBe('user_unknown');
  });

  test('of Mail.ru are about the address at the end of DATA, too', () => {
    expect(
      classifyReply('550 Local mailbox ana@mail.example is unavailable: user not found', 'done'),
    ).toMatchObject({ reason: 'user_unknown', permanentAddress: true });
  });
});

describe('codes and words of Microsoft and Google', () => {
  test.each([
    ['450 4.7.325 certificate-host-mismatch', 'auth_failure'],
    ['451 4.7.500 Access denied, please try again later', 'blocked'],
    ['451 4.7.500 Server busy. Please try again later from [192.0.2.2]', 'system_error'],
    ['550 5.5.4 Invalid domain name', 'blocked'],
    ['550 5.7.51 RestrictDomainsToCertificate', 'blocked'],
    ['550 5.4.11 Agent generated message depth exceeded', 'content_error'],
    ['550 5.4.4 Invalid arguments', 'network_error'],
    ['550 5.7.64 TenantAttribution; Relay Access Denied', 'no_relaying'],
    ['450 4.4.4 Hosted tenant which has no mail-enabled subscriptions', 'not_accept'],
    ['550 5.0.350 Remote server returned an error: x-dg-ref header is too long'],
    ['550 5.7.900 Delivery not authorized, message refused'],
    ['550 5.1.7 Invalid address', 'rejected'],
    ['550 5.7.1 Delivery not authorized', 'rejected'],
    ['550 5.7.750 Client blocked from sending from unregistered domains', 'rejected'],
    ['530 5.7.57 Client was not authenticated', 'security_error'],
    ['550 5.2.1 Content Filter agent quarantined this message', 'spam_detected'],
    ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded', 'speeding'],
    ['550 5.2.121 Too many from this sender', 'speeding'],
    ['550 5.2.2 Submission quota exceeded', 'speeding'],
    ['550 5.7.505 Access denied, banned recipient', 'suspend'],
    ['550 5.2.1 Mailbox cannot be accessed', 'suspend'],
    ['500 5.3.3 Unrecognized command', 'syntax_error'],
    ['421 4.3.2 Service not available', 'system_error'],
    ['550 5.1.4 Destination mailbox address ambiguous', 'system_error'],
    ['451 4.4.25 Message failed to be replicated: no secondary server', 'system_error'],
    ['450 4.4.318 Connection was closed (SuspiciousRemoteServerError)', 'system_error'],
    ['550 5.1.4 Recipient address reserved by RFC 2606', 'user_unknown'],
    ['550 5.1.6 Recipient addresses in single label domains not accepted', 'user_unknown'],
    ['550 5.1.2 Invalid X.400 address', 'user_unknown'],
    ['550 5.1.351 Remote server returned unknown recipient or mailbox', 'user_unknown'],
    ['550 5.1.351 Remote server returned: -> 552 5.2.2 over quota', 'mailbox_full'],
    ['550 5.7.1 Encoded-word syntax is not permitted in this header', 'not_compliant_rfc'],
    ['553 5.1.7 The sender address a@b is not a valid RFC 5321 address', 'not_compliant_rfc'],
    ['421 4.7.28 exceeded its quota for sending messages with the same Message-ID:'],
    ['550 5.7.0 Mail Sending denied', 'rejected'],
    ["421 4.7.23 The address doesn't have a PTR record, or it doesn't match", 'require_ptr'],
    ['421 4.7.0 TLS required for RCPT domain, closing connection', 'security_error'],
    ['550 5.4.5 Daily sending quota exceeded', 'speeding'],
    ['525 5.7.10 SMTP protocol violation, no commands after STARTTLS', 'syntax_error'],
    ['421 4.4.5 Server busy, try again later', 'system_error'],
  ])('%s', (reply, reason = 'policy_violation') => {
    expect(classifyReply(reply, 'done').reason).toBe(reason);
  });
});
