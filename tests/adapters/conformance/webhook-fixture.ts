import type { BoardFault, StartFixture } from '../../../adapters/conformance/board-fixture.ts';
import { NotSupported } from '../../../adapters/conformance/law.ts';
import { openFaultyLine } from '../../../adapters/kit/faulty-line.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import { startWebhookReceiver } from '../../boards/webhook-receiver/index.ts';

const toSecret = (word: string) => `whsec_${Buffer.from(word.repeat(3)).toString('base64')}`;

/** A receiver is never read, so nothing hangs on it. */
const notRead = () => {
  throw new NotSupported('a webhook receiver is not read');
};

export const startWebhookFixture: StartFixture = async () => {
  const secret = toSecret('receiver-secret-3c1d');
  const given = { secret };
  const receiver = await startWebhookReceiver({ secrets: [secret] });
  const line = await openFaultyLine(Number(new URL(receiver.url).port));
  const url = Object.assign(new URL(receiver.url), { port: String(line.port) }).href;
  const adapter = createAdapter(
    {
      adapter: 'webhook',
      networks: ['127.0.0.0/8'],
      settings: { url, secrets: ['env:RECEIVER_SECRET'] },
    },
    { agency: 'partner', timeZone: 'Asia/Seoul', secret: () => given.secret },
  );
  return {
    adapter,
    pageSize: 1,
    overlapSeconds: 0,
    secret,
    unknownCode: '',
    line,
    board: {
      file: receiver.file,
      edit: notRead,
      setCode: notRead,
      // It keeps no times.
      setClock: () => undefined,
      fault: (fault: BoardFault) => {
        // With another secret the receiver refuses by itself.
        given.secret = fault === 'unauthorised' ? toSecret('receiver-secret-old-') : secret;
        receiver.behave = () => (fault === 'unauthorised' ? 'none' : fault);
      },
      requests: () => receiver.deliveries.length,
      posts: () =>
        receiver.cases().map((one) => ({
          ...one,
          answers: receiver
            .events()
            .filter(({ subject }) => subject === one.receiptNumber)
            .flatMap(({ data }) => (data.event.answer ? [data.event.answer.text] : [])),
        })),
    },
    close: async () => {
      await adapter.close();
      await line.close();
      await receiver.close();
    },
  };
};
