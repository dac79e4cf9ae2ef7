import type { Browser } from 'playwright-core';
import { openPerson, type Person } from '../person.ts';
import { administrator } from './install.ts';

interface Citizen {
  name: string;
  email: string;
}

/** What people do on an osTicket, by its own forms. */
export interface Site {
  guest(): Promise<Person>;
  /** Signs the officer in. */
  officer(): Promise<Person>;
  /** Files in the form for everybody. */
  file(who: Citizen, title: string, text: string): Promise<void>;
  /** Opens one's own ticket by mail address and number. */
  enter(email: string, number: string): Promise<Person>;
  /** The officer answers in the ticket. `note`: an internal note. */
  reply(officer: Person, ticket: string, text: string, note?: boolean): Promise<void>;
  ask(citizen: Person, ticket: string, text: string): Promise<void>;
}

export function openSite(browser: Browser, url: string): Site {
  const guest = () => openPerson(browser, url);
  return {
    guest,
    async officer() {
      const person = await guest();
      const { page } = person;
      await page.goto('/scp/login.php', { waitUntil: 'domcontentloaded' });
      await page.locator('input[name=userid]').fill(administrator.id);
      await page.locator('input[name=passwd]').fill(administrator.password);
      await page.locator('form [type=submit]').first().click();
      await page.waitForURL((address) => !address.pathname.includes('login'));
      return person;
    },
    async file({ name, email }, title, text) {
      const person = await guest();
      const { page } = person;
      await page.goto('/open.php', { waitUntil: 'load' });
      await page.locator('#topicId').selectOption('1');
      await page.locator('textarea').first().waitFor({ state: 'attached' });
      const byLabel = (label: string) =>
        page.locator(`form#ticketForm label:has-text("${label}") input`).first();
      await byLabel('Email').fill(email);
      await byLabel('Full Name').fill(name);
      await byLabel('Issue Summary').fill(title);
      // Its editor would put what it holds itself in place of the text.
      const filed = page.waitForResponse(
        (response) => response.request().method() === 'POST' && /open\.php/.test(response.url()),
      );
      await page
        .locator('form#ticketForm textarea')
        .first()
        .evaluate((element, value) => {
          const area = element as unknown as { value: string; form: { submit(): void } };
          area.value = value;
          area.form.submit();
        }, text);
      const said = await (await filed).text();
      if (!said.includes('request created')) throw new Error(`not filed: ${said.slice(-900)}`);
      await person.leave();
    },
    async enter(email, number) {
      const person = await guest();
      const { page } = person;
      await page.goto('/view.php', { waitUntil: 'domcontentloaded' });
      await page.locator('input[name=lemail]').fill(email);
      await page.locator('input[name=lticket]').fill(number);
      await page.locator('#clientLogin [type=submit]').click();
      await page.waitForLoadState();
      return person;
    },
    async reply(officer, ticket, text, note = false) {
      const values = note ? { note: text } : { response: text };
      await submit(officer, `/scp/tickets.php?id=${ticket}`, note ? 'form#note' : 'form#reply', values);
    },
    async ask(citizen, ticket, text) {
      await submit(citizen, `/tickets.php?id=${ticket}`, 'form#reply', { message: text }, 'textarea');
    },
  };
}

/** Sends a page's form with other values, as a browser would. `only`: names the one element by its kind instead. */
async function submit(
  { page }: Person,
  path: string,
  form: string,
  values: Record<string, string>,
  only?: string,
): Promise<void> {
  await page.goto(path, { waitUntil: 'domcontentloaded' });
  const found = page.locator(form).first();
  const given = await found.evaluate((element) => Object.fromEntries(new FormData(element as never)));
  const fields = Object.entries(given).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const name = only && (await found.locator(only).first().getAttribute('name'));
  const sent = name ? { [name]: Object.values(values)[0] ?? '' } : values;
  const action = (await found.getAttribute('action')) ?? path;
  const response = await page.request.post(new URL(action, page.url()).href, {
    form: { ...Object.fromEntries(fields), ...sent },
    headers: { referer: page.url() },
  });
  if (!response.ok()) throw new Error(`${action} answered ${response.status()}`);
}
