// An SMTP server that takes every mail and forgets it: says its port, and on any word how many it
// took, and for how many different people.
import { type AddressInfo, createServer, type Socket } from 'node:net';

let taken = 0;
const people = new Set<string>();

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => {});
  serve(socket);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => process.send?.({ taken, people: people.size }));

const END = Buffer.from('\r\n.\r\n');

function serve(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0);
  let inData = false;
  let recipient = '';
  socket.write('220 sink.example ESMTP\r\n');
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let answers = '';
    for (;;) {
      const end = inData ? rest.indexOf(END) : rest.indexOf(10);
      if (end < 0) break;
      if (inData) {
        taken += 1;
        people.add(recipient);
        inData = false;
        answers += '250 2.0.0 Taken\r\n';
        rest = rest.subarray(end + END.length);
        continue;
      }
      const command = rest.toString('latin1', 0, Math.min(end, 4)).toUpperCase();
      if (command === 'RCPT') recipient = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + 1);
      answers += answer(command);
      if (command === 'DATA') inData = true;
    }
    if (answers !== '') socket.write(answers);
  });
}

function answer(command: string): string {
  switch (command) {
    case 'EHLO':
      return '250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n';
    case 'DATA':
      return '354 Go ahead\r\n';
    case 'QUIT':
      return '221 2.0.0 Bye\r\n';
    default:
      return '250 2.0.0 Ok\r\n';
  }
}
