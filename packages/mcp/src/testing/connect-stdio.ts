import { Client, type VersionNegotiationMode } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/** Starts a script as an MCP server on stdin and stdout, as a desktop host does. */
export async function connectStdio(
  script: string,
  args: readonly string[],
  mode: VersionNegotiationMode,
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--conditions=@mailwarden/source', script, ...args],
    stderr: 'inherit',
  });
  await client.connect(transport);
  return client;
}
