import type { NewFile } from '../boards/file-storage.ts';

/** The machine of an agency at the REST door. */
export interface Door {
  /** Returns the receipt number. */
  register(key: string, content: object, files: NewFile[]): Promise<string>;
  followUp(key: string, receiptNumber: string, text: string): Promise<void>;
}

export function openDoor(url: string, apiKey: string): Door {
  async function post(path: string, key: string, body: object): Promise<{ receiptNumber: string }> {
    const response = await fetch(new URL(`/api/v1/${path}`, url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the REST door answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { receiptNumber: string };
  }
  async function upload({ name, content }: NewFile): Promise<object> {
    const response = await fetch(new URL(`/api/v1/attachments?name=${encodeURIComponent(name)}`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/pdf' },
      body: new Uint8Array(content),
    });
    if (!response.ok) throw new Error(`the REST door answered ${response.status}: ${await response.text()}`);
    const { id } = (await response.json()) as { id: string };
    return { id, name };
  }
  return {
    async register(key, content, files) {
      const attachments = await Promise.all(files.map(upload));
      const whole = files.length > 0 ? { ...content, attachments } : content;
      return (await post('complaints', key, { externalId: key, content: whole })).receiptNumber;
    },
    followUp: async (key, receiptNumber, text) =>
      void (await post(`complaints/${receiptNumber}/follow-ups`, key, { text })),
  };
}
