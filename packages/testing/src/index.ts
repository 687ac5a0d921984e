// SMTP
export type { ReceivedMessage } from './smtp/scripted-dialogue.ts';
export type { ScriptedSmtpServer } from './smtp/scripted-smtp-server.ts';
export { startScriptedSmtpServer } from './smtp/scripted-smtp-server.ts';
export type { SinkMessage } from './smtp/sink-message.ts';
export type { SmtpAnswer, SmtpMoment, SmtpScript, SmtpStage } from './smtp/smtp-script.ts';
export type { SmtpSink, SmtpSinkOptions } from './smtp/smtp-sink.ts';
export { startSmtpSink } from './smtp/smtp-sink.ts';
export type { Certificate } from './tls/self-signed-certificate.ts';
export { selfSignedCertificate } from './tls/self-signed-certificate.ts';

// Contract: what every adapter to an agent framework has to do
export { type AdapterContractCase, adapterContract } from './contract/adapter-contract.ts';
export type { AdapterAnswer, AdapterCall, AdapterHarness } from './contract/adapter-harness.ts';
