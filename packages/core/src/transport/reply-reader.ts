/** Longest reply of a server, in bytes; RFC 5321 §4.5.3.1.5 asks for 512 per line. */
const MAX_REPLY = 64 * 1024;

/**
 * Puts together the replies of a server from the bytes that arrive (RFC 5321 §4.2.1). `onReply` is
 * called for each whole one, its lines joined by LF; `onEndless` when one does not end.
 */
export class ReplyReader {
  private readonly onReply: (text: string) => void;
  private readonly onEndless: () => void;
  private lines: string[] = [];
  private rest = '';
  private size = 0;

  constructor(onReply: (text: string) => void, onEndless: () => void) {
    this.onReply = onReply;
    this.onEndless = onEndless;
  }

  push(chunk: Buffer): void {
    this.size += chunk.length;
    const lines = (this.rest + chunk.toString('latin1')).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.takeLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (this.size > MAX_REPLY) this.onEndless();
  }

  /**
   * The connection ended. A refusal that only lacks its line end is a reply all the same; anything
   * else that broke off says nothing.
   */
  end(): void {
    const { rest } = this;
    this.rest = '';
    if (this.lines.length === 0 && /^[45]\d\d /.test(rest)) this.takeLine(rest.trimEnd());
  }

  private takeLine(line: string): void {
    this.lines.push(line);
    if (/^\d{3}-/.test(line)) return;
    const reply = this.lines.join('\n');
    this.lines = [];
    this.size = this.rest.length;
    this.onReply(Buffer.from(reply, 'latin1').toString());
  }
}
