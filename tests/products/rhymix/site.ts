import type { Browser } from 'playwright-core';
import { openPerson, type Person } from '../person.ts';
import { administrator } from './install.ts';

/** The board that Rhymix makes when it is installed. */
const mid = 'qna';
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

/** What people do on a Rhymix, by the actions of its own forms. */
export interface Site {
  guest(): Promise<Person>;
  join(id: string, name: string): Promise<Person>;
  signIn(id: string, password: string): Promise<Person>;
  /** The administrator lets posts be secret and makes one member manager of the board. Everybody sees its list. */
  setUpBoard(admin: Person, module: string, manager: string): Promise<void>;
  /** Returns the post's number. */
  write(who: Person, post: NewPost): Promise<string>;
  comment(who: Person, post: string, text: string, by?: Guest): Promise<void>;
  /** Opens a post with its password. */
  unlock(who: Person, post: string, password: string): Promise<void>;
  /** Text of the post's page. */
  view(who: Person, post: string): Promise<string>;
  list(who: Person): Promise<string>;
}

export function openSite(browser: Browser, url: string): Site {
  const guest = () => openPerson(browser, url);
  const signIn = async (id: string, password: string) => {
    const person = await guest();
    await act(person, { module: 'member', act: 'procMemberLogin', user_id: id, password });
    return person;
  };
  return {
    guest,
    signIn,
    async join(id, name) {
      const person = await guest();
      await act(person, {
        module: 'member',
        act: 'procMemberInsert',
        accept_agreement: 'Y',
        user_id: id,
        email_address: `${id}@site.example`,
        password: memberPassword,
        password2: memberPassword,
        user_name: name,
        nick_name: name,
      });
      await person.leave();
      return signIn(id, memberPassword);
    },
    setUpBoard,
    async write(who, { title, text, secret, by }) {
      const said = await act(who, {
        mid,
        act: 'procBoardInsertDocument',
        title,
        content: text,
        status: secret ? 'SECRET' : 'PUBLIC',
        comment_status: 'ALLOW',
        ...toForm(by),
      });
      return String(said.document_srl);
    },
    async comment(who, post, text, by) {
      const form = { mid, act: 'procBoardInsertComment', document_srl: post, content: text };
      await act(who, { ...form, ...toForm(by) });
    },
    async unlock(who, post, password) {
      await act(who, { mid, act: 'procBoardVerificationPassword', document_srl: post, password });
    },
    view: (who, post) => who.look(`/index.php?mid=${mid}&document_srl=${post}`),
    list: (who) => who.look(`/index.php?mid=${mid}`),
  };
}

const toForm = (by: Guest | undefined): Record<string, string> =>
  by ? { nick_name: by.name, password: by.password } : {};

export const signInAsAdministrator = (site: Site) => site.signIn(administrator.id, administrator.password);

async function setUpBoard(admin: Person, module: string, manager: string): Promise<void> {
  await act(admin, {
    module: 'board',
    act: 'procBoardAdminInsertBoard',
    module_srl: module,
    board_name: mid,
    browser_title: '민원',
    use_status: 'PUBLIC|@|SECRET',
    skin: 'default',
    mskin: 'default',
    layout_srl: '-1',
    mlayout_srl: '-1',
    list_count: '20',
    search_list_count: '20',
    page_count: '10',
    order_target: 'list_order',
    order_type: 'asc',
  });
  const everybody = '0';
  await act(admin, {
    module: 'module',
    act: 'procModuleAdminInsertGrant',
    module_srl: module,
    admin_member: manager,
    list_default: everybody,
    access_default: everybody,
    view_default: everybody,
    write_document_default: everybody,
    write_comment_default: everybody,
  });
}

/** Calls an action as the product's own scripts do, with the token of a page. Throws what it refuses with. */
async function act({ page }: Person, form: Record<string, string>): Promise<Record<string, unknown>> {
  await page.goto(`/index.php?mid=${mid}`, { waitUntil: 'domcontentloaded' });
  const token = (await page.locator('meta[name=csrf-token]').getAttribute('content')) ?? '';
  const response = await page.request.post('/index.php', {
    form: { ...form, _rx_csrf_token: token, _rx_ajax_compat: 'JSON' },
    headers: {
      referer: page.url(),
      'x-csrf-token': token,
      'x-requested-with': 'XMLHttpRequest',
      accept: 'application/json',
    },
  });
  const said = (await response.json()) as { error: number; message: string };
  if (said.error !== 0) throw new Error(`Rhymix said to ${form.act}: ${said.message}`);
  return { ...said };
}
