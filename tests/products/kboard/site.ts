import type { Browser } from 'playwright-core';
import { openPerson, type Person } from '../person.ts';
import { administrator } from '../wordpress/install.ts';

const memberPassword = 'Minwon-member-1';

interface Guest {
  name: string;
  password: string;
}

interface NewPost {
  title: string;
  /** HTML. */
  text: string;
  secret?: boolean;
  by?: Guest;
}

/** What people do on a WordPress with KBoard, by its own forms. */
export interface Site {
  guest(): Promise<Person>;
  signIn(id: string, password?: string): Promise<Person>;
  /** Turns the plugins on, makes a board whose administrator is this member, and a page that shows it. */
  setUp(admin: Person, manager: string): Promise<void>;
  makeMember(admin: Person, id: string, name: string): Promise<void>;
  write(who: Person, post: NewPost): Promise<void>;
  /** `more`: what a forged form gives besides. */
  comment(who: Person, post: string, text: string, more?: Record<string, string>): Promise<void>;
  /** Text of the post's page, opened with a password if one is given. */
  view(who: Person, post: string, password?: string): Promise<string>;
  list(who: Person): Promise<string>;
}

export function openSite(browser: Browser, url: string): Site {
  let shown = '';
  const guest = () => openPerson(browser, url);
  const viewOf = (post: string) => `${shown}&mod=document&uid=${post}`;
  return {
    guest,
    async signIn(id, password = id === administrator.id ? administrator.password : memberPassword) {
      const person = await guest();
      await submit(person, '/wp-login.php', '#loginform', { log: id, pwd: password });
      return person;
    },
    async setUp(admin, manager) {
      for (const plugin of ['kboard', 'kboard-comments']) {
        await admin.page.goto('/wp-admin/plugins.php');
        await admin.page.locator(`a[href*="action=activate"][href*="plugin=${plugin}%2F"]`).click();
        await admin.page.waitForLoadState();
      }
      await submit(admin, '/wp-admin/admin.php?page=kboard_new', 'form:has([name=board_name])', {
        board_name: '민원',
        skin: 'default',
        page_rpp: '20',
        use_comment: 'true',
        permission_read: 'all',
        permission_write: 'all',
        admin_user: manager,
      });
      shown = await makePage(admin, '[kboard id=1]');
    },
    async makeMember(admin, id, name) {
      await submit(admin, '/wp-admin/user-new.php', '#createuser', {
        user_login: id,
        email: `${id}@site.example`,
        first_name: name,
        pass1: memberPassword,
        pass2: memberPassword,
        pw_weak: 'on',
        role: 'subscriber',
        createuser: 'x',
      });
    },
    async write(who, { title, text, secret, by }) {
      await submit(who, `${shown}&mod=editor`, 'form:has([name=kboard-editor-execute-nonce])', {
        title,
        kboard_content: text,
        ...(secret && { secret: 'true' }),
        ...(by && { member_display: by.name, password: by.password }),
      });
    },
    async comment(who, post, text, more = {}) {
      const form = 'form:has([name=kboard-comments-execute-nonce])';
      await submit(who, viewOf(post), form, { content: text, ...more });
    },
    async view(who, post, password) {
      if (password === undefined) return who.look(viewOf(post));
      await who.send(viewOf(post), { password });
      return who.look(viewOf(post));
    },
    list: (who) => who.look(shown),
  };
}

/** Sends a page's form with other values, as a browser would. KBoard refuses by a page that shows a message box. */
async function submit({ page }: Person, path: string, form: string, values: Record<string, string>) {
  await page.goto(path, { waitUntil: 'domcontentloaded' });
  const found = page.locator(form).first();
  const given = await found.evaluate((element) => Object.fromEntries(new FormData(element as never)));
  const fields = Object.entries(given).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const action = (await found.getAttribute('action')) ?? path;
  const response = await page.request.post(new URL(action, page.url()).href, {
    form: { ...Object.fromEntries(fields), ...values },
    headers: { referer: page.url() },
  });
  const said = await response.text();
  const refusal = /^\s*<script>alert\(['"]([^'"]+)/.exec(said);
  if (refusal || !response.ok()) throw new Error(`${action}: ${refusal?.[1] ?? response.status()}`);
}

/** By WordPress's own interface for its editor. Returns the page's path. */
async function makePage({ page }: Person, content: string): Promise<string> {
  const nonce = await (await page.request.get('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
  const response = await page.request.post('/index.php?rest_route=/wp/v2/pages', {
    data: { title: '민원', status: 'publish', content },
    headers: { 'x-wp-nonce': nonce },
  });
  const { id } = (await response.json()) as { id: number };
  return `/?page_id=${id}`;
}
