import { DatabaseSync } from 'node:sqlite';
import type { Browser } from 'playwright-core';
import type { Desk, NewFile, Note } from '../issue-desk.ts';
import { openPerson, type Person } from '../person.ts';
import type { InstalledRt } from './install.ts';

/** An RT as people use it, in its own pages: staff in the full interface, citizens in self service. */
export async function openDesk(
  browser: Browser,
  { url, database }: InstalledRt,
): Promise<Omit<Desk, 'part' | 'agency'>> {
  const query = (sql: string, ...values: string[]) => {
    const db = new DatabaseSync(database, { readOnly: true });
    try {
      return db.prepare(sql).all(...values) as { subject: string; n: number }[];
    } finally {
      db.close();
    }
  };
  const officer = await signInAs(browser, url, 'kim');
  return {
    officer,
    writer: await signInAs(browser, url, 'hong'),
    other: await signInAs(browser, url, 'park'),
    file,
    note: (who, ticket, given) =>
      who === officer ? noteAsStaff(who, ticket, given) : reply(who, ticket, given),
    find: async (title) => {
      const [row] = query('select Subject as subject, id as n from Tickets where Subject = ?', title);
      return row && String(row.n);
    },
    async view(who, ticket) {
      if (who !== officer) return who.look(`/SelfService/Display.html?id=${ticket}`);
      const referer = new URL('/', url).href;
      // The page of the ticket itself fetches its history later.
      await who.page.goto(`/Ticket/History.html?id=${ticket}`, { referer });
      return who.page.locator('body').innerText();
    },
    count: async () => {
      const rows = query('select Subject as subject, count(*) as n from Tickets group by Subject');
      return new Map(rows.map(({ subject, n }) => [subject, Number(n)]));
    },
    doneWords: /resolved|해결/i,
  };
}

async function signInAs(browser: Browser, url: string, login: string): Promise<Person> {
  const person = await openPerson(browser, url);
  await person.page.goto('/');
  await person.page.locator('input[name=user]').fill(login);
  await person.page.locator('input[name=pass]').fill(`password-${login}`);
  await person.page.locator('input[type=submit]').first().click();
  await person.page.waitForLoadState();
  return person;
}

async function file(
  { page }: Person,
  { title, text, file: given }: { title: string; text: string; file?: NewFile },
): Promise<string> {
  await page.goto('/SelfService/CreateTicketInQueue.html');
  await page.locator('a', { hasText: '민원' }).first().click();
  await page.locator('input[name=Subject]').fill(title);
  await write(page, 'Content', text);
  if (given) await attach(page, given);
  await page.locator('input[name=SubmitTicket]').last().click();
  await page.waitForLoadState();
  const number = /#(\d+)/.exec(await page.locator('body').innerText())?.[1];
  if (!number) throw new Error(`RT said: ${(await page.locator('body').innerText()).slice(0, 300)}`);
  return number;
}

async function noteAsStaff({ page }: Person, ticket: string, given: Note): Promise<void> {
  const action = given.isPrivate ? 'Comment' : 'Respond';
  // RT asks back where a form is opened from nowhere.
  const referer = new URL('/', page.url()).href;
  await page.goto(`/Ticket/Update.html?id=${ticket}&Action=${action}`, { referer });
  if (given.isDone) await page.locator('select[name=Status]').first().selectOption('resolved');
  await write(page, 'UpdateContent', given.text);
  if (given.file) await attach(page, given.file);
  await page.locator('input[name=SubmitTicket]').last().click();
  await page.waitForURL((at) => at.pathname.includes('Display'));
}

async function reply({ page }: Person, ticket: string, given: Note): Promise<void> {
  await page.goto(`/SelfService/Update.html?id=${ticket}`, { referer: new URL('/', page.url()).href });
  await write(page, 'UpdateContent', given.text);
  await page.locator('input[name=SubmitTicket]').last().click();
  await page.waitForURL((at) => at.pathname.includes('Display'));
}

/** The editor of RT writes HTML. It is there when its script has run. */
async function write(page: Person['page'], name: string, text: string): Promise<void> {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const html = escaped
    .split('\n\n')
    .map((lines) => `<p>${lines.replaceAll('\n', '<br />')}</p>`)
    .join('');
  await page.waitForFunction((id) => Boolean((globalThis as Editors).CKEDITOR?.instances[id]?.status), name);
  await page.evaluate(
    ([id = '', content = '']) => (globalThis as Editors).CKEDITOR?.instances[id]?.setData(content),
    [name, html],
  );
}

type Editors = typeof globalThis & {
  CKEDITOR?: { instances: Record<string, { status: string; setData(html: string): void }> };
};

async function attach(page: Person['page'], { name, content }: NewFile): Promise<void> {
  const chosen = { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
  const stored = page.waitForResponse((response) => response.url().includes('/Helpers/Upload/Add'));
  await page.locator('input.dz-hidden-input').first().setInputFiles(chosen);
  await stored;
}
