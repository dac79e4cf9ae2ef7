import type { Browser } from 'playwright-core';
import { openPerson, type Person } from '../person.ts';
import { administrator } from './install.ts';

const memberPassword = 'Minwon-member-1';

interface NewPost {
  title: string;
  /** HTML, as the editor makes it. */
  text: string;
  secret?: boolean;
}

/** What people do on a WordPress, by its own forms and the interface of its own editor. */
export interface Site {
  guest(): Promise<Person>;
  signIn(id: string): Promise<Person>;
  makeMember(admin: Person, id: string, name: string, role: string): Promise<void>;
  /** Returns its number. */
  makeCategory(admin: Person, name: string): Promise<string>;
  /** Returns the post's number. */
  write(who: Person, post: NewPost): Promise<string>;
  comment(who: Person, post: string, text: string, more?: Record<string, string>): Promise<void>;
  view(who: Person, post: string): Promise<string>;
  /** The category's page. */
  list(who: Person): Promise<string>;
}

export function openSite(browser: Browser, url: string): Site {
  let category = '';
  const guest = () => openPerson(browser, url);
  const viewOf = (post: string) => `/?p=${post}`;
  return {
    guest,
    async signIn(id) {
      const person = await guest();
      const pwd = id === administrator.id ? administrator.password : memberPassword;
      await person.page.goto('/wp-login.php');
      await person.send('/wp-login.php', { log: id, pwd, testcookie: '1' }, '/wp-login.php');
      return person;
    },
    async makeMember(admin, id, name, role) {
      await call(admin, 'users', {
        username: id,
        name,
        email: `${id}@site.example`,
        password: memberPassword,
        roles: [role],
      });
    },
    async makeCategory(admin, name) {
      category = await call(admin, 'categories', { name });
      return category;
    },
    write: (who, { title, text, secret }) =>
      call(who, 'posts', {
        title,
        content: text,
        status: secret ? 'private' : 'publish',
        categories: [Number(category)],
      }),
    async comment(who, post, text, more = {}) {
      const form = { comment: text, comment_post_ID: post, comment_parent: '0', ...more };
      await who.send('/wp-comments-post.php', form, viewOf(post));
    },
    view: (who, post) => who.look(viewOf(post)),
    list: (who) => who.look(`/?cat=${category}`),
  };
}

/** Calls what WordPress's own editor calls, with this person's cookies. Returns the number of what was made. */
async function call({ page }: Person, what: string, data: object): Promise<string> {
  const nonce = await (await page.request.get('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
  const response = await page.request.post(`/index.php?rest_route=/wp/v2/${what}`, {
    data,
    headers: { 'x-wp-nonce': nonce },
  });
  const text = await response.text();
  if (!response.ok()) throw new Error(`${what} answered ${response.status()}: ${text.slice(0, 300)}`);
  return String((JSON.parse(text) as { id: number }).id);
}
