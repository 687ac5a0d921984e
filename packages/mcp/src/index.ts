// Servers
export { createEmailMcpServer, type EmailMcpServerOptions } from './create-email-mcp-server.ts';
export { type EmailMcpOptions, registerEmailTools } from './register-email-tools.ts';
export { serveEmailStdio } from './serve-email-stdio.ts';
