/**
 * Gateways of the large American carriers from mail to text messages: nobody may knowingly send
 * commercial mail there without express prior authorisation (47 CFR 64.3100(a)(1), (4)). The FCC's
 * own list is longer and changes; domains below a listed one are meant as well.
 */
export const WIRELESS_DOMAINS = [
  ...['txt.att.net', 'mms.att.net', 'vtext.com', 'vzwpix.com', 'tmomail.net', 'mymetropcs.com'],
  ...['messaging.sprintpcs.com', 'pm.sprint.com', 'email.uscc.net', 'mms.uscc.net', 'vmobl.com'],
  ...['myboostmobile.com', 'sms.cricketwireless.net', 'mms.cricketwireless.net'],
  ...['mmst5.tracfone.com', 'msg.fi.google.com'],
] as const;
