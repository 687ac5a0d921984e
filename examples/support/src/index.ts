// A Mailwarden among real servers on loopback

export type { SinkMessage } from '@mailwarden/testing';
// What the outside world does
export { clickUnsubscribe } from './click-unsubscribe.ts';
// Models that follow a script
export { emailsOf, type SeenEmail } from './emails-of.ts';
export { type OpenWorld, openWorld } from './open-world.ts';
export { type Row, rowsOf } from './rows-of.ts';
export { runWorkflows, type Workflow } from './run-workflows.ts';
export {
  type ScriptedCall,
  type ScriptedStep,
  scriptedChatModel,
  scriptedModel,
} from './scripted-model.ts';
export type { FetchHandler, HttpServer } from './start-http.ts';
export type { Servers, Setup, World } from './world.ts';
// Text for a terminal
export { cut, wrap } from './wrap.ts';
export type { IncomingMail } from './write-mail.ts';
