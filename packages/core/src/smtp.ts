export type { RelayName } from './transport/relays/relay.ts';
export { smtp } from './transport/smtp.ts';
export type { SmtpOptions, SmtpTlsOptions } from './transport/smtp-options.ts';
