// Tools for createAgent
export { EmailStructuredTool, type EmailStructuredToolFields } from './email-structured-tool.ts';
export { EmailToolkit, type EmailToolkitOptions } from './email-toolkit.ts';

// What a paused graph shows
export type { EmailInterrupt } from './pause-for-approval.ts';
