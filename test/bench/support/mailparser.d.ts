declare module 'mailparser' {
  /** Of what it gives, the bench needs nothing but that it is done. */
  export function simpleParser(source: Uint8Array): Promise<unknown>;
}
