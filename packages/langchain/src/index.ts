// Tools for createAgent
export { EmailToolkit, type EmailToolkitOptions } from './email-toolkit.ts';
export { EmailStructuredTool, type EmailStructuredToolFields } from './email-structured-tool.ts';

// What a paused graph shows
export type { EmailInterrupt } from './pause-for-approval.ts';
