import { type AddressInfo, createServer, type Socket } from 'node:net';

const replies: Record<string, string> = {
  EHLO: '250-bench\r\n250 8BITMIME',
  HELO: '250 bench',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go ahead',
  RSET: '250 ok',
  NOOP: '250 ok',
  QUIT: '221 bye',
};
const endOfMail = '\r\n.\r\n';

/**
 * An SMTP server (RFC 5321) that accepts every mail and passes its header to `arrived`. It uses little processor time,
 * so that it does not limit the senders.
 */
export async function startMailServer(arrived: (header: string) => void): Promise<{ url: string }> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    converse(socket, arrived);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function converse(socket: Socket, arrived: (header: string) => void): void {
  let pending = '';
  let inMail = false;
  const say = (reply: string) => socket.write(`${reply}\r\n`);

  function takeMail(): boolean {
    const end = pending.indexOf(endOfMail);
    if (end < 0) return false;
    arrived(pending.slice(2, pending.indexOf('\r\n\r\n')));
    pending = pending.slice(end + endOfMail.length);
    inMail = false;
    say('250 taken');
    return true;
  }

  function takeCommand(): boolean {
    const end = pending.indexOf('\r\n');
    if (end < 0) return false;
    const verb = pending.slice(0, 4).toUpperCase();
    pending = pending.slice(end + 2);
    say(replies[verb] ?? '502 unknown');
    if (verb === 'QUIT') socket.end();
    if (verb === 'DATA') {
      inMail = true;
      // This line break makes the end recognisable even if the mail is empty.
      pending = `\r\n${pending}`;
    }
    return true;
  }

  socket.setEncoding('latin1').on('data', (chunk: string) => {
    pending += chunk;
    while (inMail ? takeMail() : takeCommand());
  });
  say('220 bench');
}
