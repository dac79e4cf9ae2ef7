import { readFile } from 'node:fs/promises';
import type { Connection } from 'mysql2/promise';
import type { Browser } from 'playwright-core';
import type { Desk, NewFile, Note } from '../issue-desk.ts';
import { openPerson, type Person } from '../person.ts';

const project = 'minwon';
const passwordOf = (login: string) => `password-${login}`;
const people = { hub: '허브', kim: '김담당', hong: '홍길동', park: '박지나' };

/** A Redmine as people use it, in its own pages. */
export async function openDesk(
  browser: Browser,
  url: string,
  connection: Connection,
): Promise<Omit<Desk, 'part' | 'agency'>> {
  const signIn = (login: string) => signInAs(browser, url, login);
  const count = async () => {
    const [rows] = await connection.query('select subject, count(*) as n from issues group by subject');
    return new Map((rows as { subject: string; n: number }[]).map(({ subject, n }) => [subject, Number(n)]));
  };
  return {
    officer: await signIn('kim'),
    writer: await signIn('hong'),
    other: await signIn('park'),
    file,
    note,
    async find(title) {
      const [rows] = await connection.query('select id from issues where subject = ?', [title]);
      const [row] = rows as { id: number }[];
      return row && String(row.id);
    },
    view: (who, issue) => who.look(`/issues/${issue}`),
    count,
    doneWords: /(상태|Status):?\s*해결/,
  };
}

async function signInAs(browser: Browser, url: string, login: string): Promise<Person> {
  const person = await openPerson(browser, url);
  await person.page.goto('/login');
  await person.page.locator('#username').fill(login);
  await person.page.locator('#password').fill(passwordOf(login));
  await person.page.locator('#login-submit').click();
  await person.page.waitForURL((at) => !at.pathname.includes('login'));
  return person;
}

async function file(
  { page }: Person,
  { title, text, file: given }: { title: string; text: string; file?: NewFile },
): Promise<string> {
  await page.goto(`/projects/${project}/issues/new`);
  await page.locator('#issue_subject').fill(title);
  await page.locator('#issue_description').fill(text);
  if (given) await attach({ page }, given);
  await page.locator('input[name=commit]').click();
  await page.waitForURL(/\/issues\/\d+$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function note({ page }: Person, issue: string, given: Note): Promise<void> {
  await page.goto(`/issues/${issue}/edit`);
  if (given.isDone) {
    // The form is drawn anew for the new status.
    const drawn = page.waitForResponse((reply) => reply.url().includes('edit.js'));
    await page.locator('#issue_status_id').selectOption({ label: '해결' });
    await drawn;
  }
  await page.locator('#issue_notes').fill(given.text);
  if (given.isPrivate) await page.locator('#issue_private_notes').check();
  if (given.file) await attach({ page }, given.file);
  await page.locator('#issue-form input[name=commit]').click();
  await page.waitForURL((at) => /\/issues\/\d+$/.test(at.pathname));
  const refused = page.locator('#errorExplanation');
  if ((await refused.count()) > 0) throw new Error(`Redmine said: ${await refused.innerText()}`);
}

async function attach({ page }: Pick<Person, 'page'>, { name, content }: NewFile): Promise<void> {
  const uploaded = page.waitForResponse((reply) => reply.url().includes('/uploads'));
  const chosen = { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
  await page.locator('input[type=file].file_selector').first().setInputFiles(chosen);
  await uploaded;
}

/** What an administrator sets up, as adapters/rest/products/README.md says. Returns the key of the hub's account. */
export async function prepareSite(url: string, connection: Connection): Promise<string> {
  const script = await readFile(new URL('prepare.sql', import.meta.url), 'utf8');
  await connection.query(script.split('-- After the people')[0] ?? '');
  for (const [login, name] of Object.entries(people)) {
    const user = {
      login,
      firstname: name.slice(1),
      lastname: name.slice(0, 1),
      mail: `${login}@site.example`,
      password: passwordOf(login),
    };
    await call(`${url}/users.json`, 'admin:admin', { user });
  }
  await connection.query(script.split('-- After the people')[1] ?? '');
  const { user } = await call(`${url}/users/current.json`, `hub:${passwordOf('hub')}`);
  return user.api_key;
}

async function call(url: string, account: string, body?: object): Promise<{ user: { api_key: string } }> {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Basic ${Buffer.from(account).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { user: { api_key: string } };
}
