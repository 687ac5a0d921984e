// A CommonJS consumer: every entry point loads through require(), and the core works.
const { ERROR_CODES, MailwardenError, createMailwarden } = require('@mailwarden/core');
const { sqlite } = require('@mailwarden/core/sqlite');
const { postgres } = require('@mailwarden/core/postgres');
const { smtp } = require('@mailwarden/core/smtp');
const { imap } = require('@mailwarden/core/imap');
const { verifyAudit } = require('@mailwarden/core/audit');
const { emailTools } = require('@mailwarden/ai-sdk');
const { EmailToolkit } = require('@mailwarden/langchain');
const mcp = require('@mailwarden/mcp');
const cli = require('@mailwarden/cli');
const testing = require('@mailwarden/testing');

async function main() {
  for (const each of [
    createMailwarden,
    sqlite,
    postgres,
    smtp,
    imap,
    verifyAudit,
    emailTools,
    EmailToolkit,
  ]) {
    if (typeof each !== 'function') throw new Error('An export is missing.');
  }
  for (const each of [mcp, cli, testing]) {
    if (Object.keys(each).length === 0) throw new Error('A package exports nothing.');
  }
  if (!(new MailwardenError('NOT_PENDING') instanceof Error) || !('NOT_PENDING' in ERROR_CODES)) {
    throw new Error('Errors do not carry their code.');
  }
  const warden = await createMailwarden({
    database: sqlite(':memory:'),
    keys: [{ id: 'k1', secret: 'a secret of thirty-two characters!' }],
    mailboxes: [{ address: 'bot@acme.example' }],
    onError: (error) => {
      throw error;
    },
  });
  await warden.start({ worker: false });
  const agent = warden.agent('cjs', { mailboxes: ['bot@acme.example'] });
  const outcome = await agent.send({
    mailbox: 'bot@acme.example',
    to: ['ann@example.com'],
    subject: 'Hello',
    body: 'Hello Ann',
  });
  // Large enough for the thread that parses, whose file has to be in the package.
  await warden
    .system()
    .ingest('bot@acme.example', `From: ann@example.com\n\n${'word '.repeat(50_000)}`);
  await warden.stop();
  process.stdout.write(
    `required every entry point; a send without a transport: ${outcome.status}\n`,
  );
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
