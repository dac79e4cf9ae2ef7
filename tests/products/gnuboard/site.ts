import type { Browser } from 'playwright-core';
import { openPerson, type Person } from '../person.ts';
import { administrator, captcha } from './install.ts';

/** What people do on a GNUBoard, by its own pages and forms. */
export interface Site {
  signIn(id: string, password?: string): Promise<Person>;
  guest(): Promise<Person>;
  /** The administrator makes a board whose administrator is this member. */
  makeBoard(admin: Person, board: string, boardAdmin: string): Promise<void>;
  makeMember(admin: Person, id: string, name: string): Promise<void>;
  /** Returns the post's number. */
  write(who: Person, board: string, post: NewPost): Promise<string>;
  comment(who: Person, board: string, post: string, text: string, by?: Guest): Promise<void>;
  /** A reply in the thread (답변). */
  reply(who: Person, board: string, post: string, text: string): Promise<void>;
  /** Types the password into the page that asks for it. Returns what is shown then. */
  unlock(who: Person, password: string): Promise<string>;
  ask(who: Person, question: Question): Promise<void>;
  answer(admin: Person, question: string, text: string): Promise<void>;
}

interface Guest {
  name: string;
  password: string;
}

interface NewPost {
  title: string;
  text: string;
  secret?: boolean;
  html?: 'html1' | 'html2';
  by?: Guest;
}

interface Question {
  title: string;
  text: string;
  /** The number of the question that this one goes on with (추가질문). */
  after?: string;
  html?: '1' | '2';
}

const memberPassword = 'minwon-member-1';

export function openSite(browser: Browser, url: string): Site {
  return {
    async signIn(id, password = id === administrator.id ? administrator.password : memberPassword) {
      const person = await openPerson(browser, url);
      await person.page.goto('/bbs/login.php');
      await person.page.locator('#login_id').fill(id);
      await person.page.locator('#login_pw').fill(password);
      await person.page
        .locator('#login_fs button[type=submit], #login_fs input[type=submit]')
        .first()
        .click();
      await person.page.waitForURL((at) => !at.pathname.includes('login'));
      return person;
    },
    guest: () => openPerson(browser, url),
    async makeBoard({ page }, board, boardAdmin) {
      await page.goto('/adm/board_form.php');
      await page.locator('#bo_table').fill(board);
      await page.locator('#gr_id').selectOption('community');
      await page.locator('#bo_subject').fill('민원');
      await page.locator('#bo_admin').fill(boardAdmin);
      await page.locator('#bo_use_secret').selectOption('1');
      await submit(page, '#fboardform');
    },
    async makeMember({ page }, id, name) {
      await page.goto('/adm/member_form.php');
      await page.locator('#mb_id').fill(id);
      // The captcha of this form appears with the first key.
      await page.locator('#mb_password').pressSequentially(memberPassword);
      await page.locator('#captcha_key').fill(captcha);
      await page.locator('#mb_name').fill(name);
      await page.locator('#mb_nick').fill(name);
      await page.locator('#mb_email').fill(`${id}@site.example`);
      await page.locator('#mb_level').selectOption('2');
      await submit(page, '#fmember');
    },
    write: writePost,
    comment: writeComment,
    async reply(who, board, post, text) {
      await writePost(who, board, { title: 'Re: 답변', text }, { w: 'r', wr_id: post });
    },
    async unlock({ page }, password) {
      await page.locator('input[name=wr_password]').fill(password);
      await page.locator('form[name=fboardpassword] [type=submit]').click();
      await page.waitForURL(/board\.php/);
      return page.locator('body').innerText();
    },
    ask,
    async answer(admin, question, text) {
      const path = `/bbs/qaview.php?qa_id=${question}`;
      const form = { w: 'a', qa_id: question, qa_subject: '답변드립니다', qa_content: text, qa_html: '0' };
      await sendQuestion(admin, path, form);
    },
  };
}

/** A form of the administrator's pages. Its script fetches a token before it sends. */
async function submit(page: Person['page'], form: string): Promise<void> {
  const answered = page.waitForResponse((response) => /form_update\.php/.test(response.url()));
  await page.locator(`${form} [type=submit][accesskey=s], ${form} .btn_submit`).first().click();
  const said = await (await answered).text().catch(() => '');
  mustBeTaken(said);
  await page.waitForLoadState();
}

/** GNUBoard refuses by a page that shows a message box. */
function mustBeTaken(said: string): string {
  const refusal = /오류안내 페이지/.test(said) && /alert\("([^"]+)"\)/.exec(said);
  if (refusal) throw new Error(`GNUBoard said: ${refusal[1]}`);
  return said;
}

async function passCaptcha({ send }: Person, from: string): Promise<{ captcha_key: string }> {
  await send('/plugin/kcaptcha/kcaptcha_session.php', {}, from);
  return { captcha_key: captcha };
}

const asGuest = async (who: Person, by: Guest | undefined, from: string) =>
  by ? { wr_name: by.name, wr_password: by.password, wr_email: '', ...(await passCaptcha(who, from)) } : {};

async function writePost(
  who: Person,
  board: string,
  { title, text, secret, html, by }: NewPost,
  more: Record<string, string> = { w: '' },
): Promise<string> {
  const from = `/bbs/write.php?bo_table=${board}`;
  await who.look(from);
  const { token } = JSON.parse(await who.send('/bbs/write_token.php', { bo_table: board }, from)) as {
    token: string;
  };
  const form = { bo_table: board, token, wr_subject: title, wr_content: text, ...more };
  const options = { ...(secret && { secret: 'secret' }), ...(html && { html }) };
  const said = await who.send(
    '/bbs/write_update.php',
    { ...form, ...options, ...(await asGuest(who, by, from)) },
    from,
  );
  mustBeTaken(said);
  return /wr_id=(\d+)/.exec(said)?.[1] ?? '';
}

async function writeComment(
  who: Person,
  board: string,
  post: string,
  text: string,
  by?: Guest,
): Promise<void> {
  const from = `/bbs/board.php?bo_table=${board}&wr_id=${post}`;
  const { token } = JSON.parse(await who.send('/bbs/ajax.comment_token.php', {}, from)) as { token: string };
  const form = { w: 'c', bo_table: board, wr_id: post, comment_id: '', token, wr_content: text };
  mustBeTaken(
    await who.send('/bbs/write_comment_update.php', { ...form, ...(await asGuest(who, by, from)) }, from),
  );
}

async function ask(who: Person, { title, text, after, html = '2' }: Question): Promise<void> {
  const path = `/bbs/qawrite.php${after ? `?w=r&qa_id=${after}` : ''}`;
  const form = {
    w: after ? 'r' : '',
    qa_id: after ?? '',
    qa_subject: title,
    qa_content: text,
    qa_html: html,
  };
  await sendQuestion(who, path, { ...form, qa_category: '회원', qa_email_recv: '1' });
}

async function sendQuestion(who: Person, path: string, form: Record<string, string>): Promise<void> {
  await who.look(path);
  const token = await who.page.locator('input[name=token]').first().inputValue();
  mustBeTaken(await who.send('/bbs/qawrite_update.php', { ...form, token }, path));
}
