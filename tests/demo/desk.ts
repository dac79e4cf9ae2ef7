import { createHash } from 'node:crypto';
import type { NewFile } from '../boards/file-storage.ts';

/** A person at the console. It uses the real pages: signs in, sends forms, reads. */
export interface Desk {
  /** Sends a form and returns the page after it. The key makes a repeated call harmless. */
  send(path: string, key: string, fields: Record<string, string>, files?: NewFile[]): Promise<string>;
  read(path: string): Promise<string>;
}

export async function signIn(url: string, login: string, password: string): Promise<Desk> {
  const post = (path: string, fields: Record<string, string>, cookie = '', files: NewFile[] = []) =>
    fetch(new URL(path, url), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: files.length > 0 ? toFormData(fields, files) : new URLSearchParams(fields),
    });
  const entered = await post('/sign-in', { login, password, to: '/' });
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  if (entered.status !== 303) throw new Error(`${login} cannot sign in: ${entered.status}`);

  async function read(path: string): Promise<string> {
    const response = await fetch(new URL(path, url), { headers: { cookie } });
    const page = await response.text();
    if (!response.ok) throw new Error(`${login} cannot read ${path}: ${response.status}`);
    return page;
  }
  /** The hub holds what reaches others for a minute. The demo's people have made up their minds. */
  async function sendNow(page: string): Promise<string> {
    const [action] = /\/held\/[0-9a-f-]+\/send/.exec(await read(page)) ?? [];
    const sent = action ? await post(action, { formToken, to: page }, cookie) : undefined;
    const to = sent?.headers.get('location');
    if (!to) throw new Error(`${login} cannot send at once what waits on ${page}`);
    return to;
  }

  const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(await read('/')) ?? [];
  return {
    read,
    async send(path, key, fields, files) {
      const response = await post(path, { formToken, ...fields, key: toUuid(key) }, cookie, files);
      const to = response.headers.get('location');
      if (response.status === 303 && to) return to.includes('done=held') ? sendNow(to) : to;
      throw new Error(
        `the console answered ${response.status} to ${path}: ${toProblems(await response.text())}`,
      );
    },
  };
}

/** Fields first, and the token before them, as on the pages. */
function toFormData(fields: Record<string, string>, files: NewFile[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { name, content } of files) form.append('file', new Blob([new Uint8Array(content)]), name);
  return form;
}

/** A form's hidden key is a UUID. Here it is derived from the action, so that a second run sends the same. */
function toUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function toProblems(page: string): string {
  const alerts = [...page.matchAll(/role="alert"[^>]*>([^<]*)</g)].map((match) => match[1]);
  return alerts.join('; ') || 'no reason on the page';
}
