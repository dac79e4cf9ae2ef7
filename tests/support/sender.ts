import { createApiKey } from '../../hub/access/keys/api-keys.ts';
import type { Agency } from '../../schemas/index.ts';
import type { TestHub } from './test-hub.ts';

/** An agency without a board. Its program sends by the REST door. */
export const senderAgency: Agency = {
  code: 'src',
  name: { ko: '보내는 기관' },
  officers: [{ name: '송신담당' }],
};

export interface Sender {
  /** Registers a complaint in `category` and returns its receipt number. */
  file(title: string, category?: string): Promise<string>;
  ask(receiptNumber: string, text: string): Promise<void>;
}

/** Sends calls of {@link senderAgency} to the hub at `url`, with a new key or the given one. */
export async function openSender(
  { store, url }: Pick<TestHub, 'store' | 'url'>,
  given?: string,
): Promise<Sender> {
  const key = given ?? (await createApiKey(store, senderAgency.code)).key;
  async function post(path: string, body: object): Promise<{ receiptNumber: string }> {
    const reply = await fetch(new URL(`/api/v1/complaints${path}`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
    return (await reply.json()) as { receiptNumber: string };
  }
  return {
    async file(title, category) {
      const content = {
        title,
        body: title,
        kind: 'query',
        complainant: { name: '홍길동' },
        filedAt: '2026-11-20T09:30:00+09:00',
        ...(category && { category }),
      };
      return (await post('', { externalId: title, content })).receiptNumber;
    },
    ask: async (receiptNumber, text) => void (await post(`/${receiptNumber}/follow-ups`, { text })),
  };
}
