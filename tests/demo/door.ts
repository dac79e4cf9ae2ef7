import { join } from 'node:path';
import type { NewFile } from '../boards/file-storage.ts';
import { keep } from './keep.ts';
import { keepStep, type Program, type Request } from './programs.ts';

/** An agency's program at the REST door. */
export interface Door extends Program {
  /** Registers a complaint and returns its receipt number. */
  register(key: string, content: object, files: NewFile[]): Promise<string>;
  followUp(key: string, receiptNumber: string, text: string): Promise<void>;
  /** All changes of its feed that it has not acknowledged, as text. */
  readFeed(): Promise<string>;
}

/** `folder`: where it stores what it sends. So a second run sends the same words under the same key. */
export function openDoor(url: string, apiKey: string, folder: string): Door {
  async function post(path: string, key: string, body: string): Promise<{ receiptNumber: string }> {
    const response = await fetch(new URL(`/api/v1/${path}`, url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body,
    });
    if (!response.ok) throw new Error(`the REST door answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { receiptNumber: string };
  }
  async function read<Body>(path: string): Promise<Body> {
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await fetch(new URL(`/api/v1/${path}`, url), { headers });
    if (!response.ok) throw new Error(`the REST door answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Body;
  }
  const requests = async (path: string) => (await read<{ contributions: Request[] }>(path)).contributions;
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
      const body = await keep(join(folder, `${key.replaceAll('/', '-')}.json`), async () => {
        const attachments = await Promise.all(files.map(upload));
        const whole = files.length > 0 ? { ...content, attachments } : content;
        return JSON.stringify({ externalId: key, content: whole });
      });
      return (await post('complaints', key, body)).receiptNumber;
    },
    followUp: async (key, receiptNumber, text) =>
      void (await post(`complaints/${receiptNumber}/follow-ups`, key, JSON.stringify({ text }))),
    step: async (key, receiptNumber, step) =>
      void (await post(
        `complaints/${receiptNumber}/steps`,
        key,
        JSON.stringify(await keepStep(folder, key, step)),
      )),
    listRequests: (receiptNumber) => requests(`complaints/${receiptNumber}/contributions`),
    listOwed: () => requests('contributions'),
    async readFeed() {
      const pages: string[] = [];
      for (let at = 'changes?limit=500'; ; ) {
        const page = await read<{ cursor: string; changes: object[] }>(at);
        pages.push(JSON.stringify(page.changes));
        if (page.changes.length === 0) return pages.join('\n');
        at = `changes?limit=500&after=${encodeURIComponent(page.cursor)}`;
      }
    },
    read: async (receiptNumber) => JSON.stringify(await read(`complaints/${receiptNumber}`)),
  };
}
