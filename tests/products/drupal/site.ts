import type { Browser } from 'playwright-core';
import { openPerson, type Person } from '../person.ts';
import { password } from './install.ts';

interface Filed {
  title: string;
  text: string;
  name: string;
}

/** What people do on a Drupal, by its own forms. */
export interface Site {
  guest(): Promise<Person>;
  signIn(id: string): Promise<Person>;
  /** Files in the form. `forged`: fields that the page does not offer. Returns the submission's number. */
  file(who: Person, filed: Filed, forged?: Record<string, string>): Promise<string>;
  /** The officer sets the state and answers, in the page to edit a submission. */
  answer(officer: Person, submission: string, text: string): Promise<void>;
  view(who: Person, submission: string): Promise<string>;
  /** One's own submissions. */
  list(who: Person): Promise<string>;
  /** The table of all submissions, which officers see. */
  results(who: Person): Promise<string>;
}

export function openSite(browser: Browser, url: string, form: string): Site {
  const guest = () => openPerson(browser, url);
  const field = (name: string) => `form.webform-client-form [name="submitted[${name}]"]`;
  const send = 'form.webform-client-form [type=submit]';
  return {
    guest,
    async signIn(id) {
      const person = await guest();
      const { page } = person;
      await page.goto('/?q=user/login', { waitUntil: 'domcontentloaded' });
      await page.locator('#edit-name').fill(id);
      await page.locator('#edit-pass').fill(password);
      await page.locator('#user-login [type=submit]').click();
      await page.waitForURL((address) => !address.href.includes('login'));
      return person;
    },
    async file({ page }, { title, text, name }, forged = {}) {
      await page.goto(`/?q=node/${form}`);
      for (const [key, value] of Object.entries({ title, body: text, name }))
        await page.fill(field(key), value);
      await page.locator('form.webform-client-form').evaluate((element, added) => {
        const form = element as unknown as { ownerDocument: never; append(one: unknown): void };
        const page = form.ownerDocument as { createElement(kind: string): { name: string; value: string } };
        for (const [key, value] of Object.entries(added)) {
          const input = page.createElement('textarea');
          input.name = `submitted[${key}]`;
          input.value = value;
          form.append(input);
        }
      }, forged);
      await page.locator(send).last().click();
      await page.waitForURL((address) => /sid=\d+/.test(address.href));
      return /sid=(\d+)/.exec(page.url())?.[1] ?? '';
    },
    async answer({ page }, submission, text) {
      await page.goto(`/?q=node/${form}/submission/${submission}/edit`);
      await page.locator(field('state')).selectOption('answered');
      await page.locator(field('answer')).fill(text);
      await page.locator(send).last().click();
      await page.locator('text=Submission updated').waitFor();
    },
    view: (who, submission) => who.look(`/?q=node/${form}/submission/${submission}`),
    list: (who) => who.look(`/?q=node/${form}/submissions`),
    results: (who) => who.look(`/?q=node/${form}/webform-results/table`),
  };
}
