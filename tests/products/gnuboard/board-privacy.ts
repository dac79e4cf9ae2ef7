import { ok } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../person.ts';
import type { Context } from '../product.ts';
import { textsOf, viewOf } from './board-talk.ts';
import { board, boardAgency, boardPart as part, type Stage } from './stage.ts';

const secrets = {
  title: '빚 때문에 힘듭니다',
  body: '사채를 갚지 못했습니다',
  name: '김복순',
  answer: '상담실로 오십시오',
};

/** What strangers see of a private complaint: what the hub brought, and a member's own secret post. */
export async function tryPrivacy({ hub, prove }: Context, stage: Stage): Promise<void> {
  const { site, officer, writer, other, query } = stage;
  let brought = '';
  let own = '';
  await prove(part, 'others_excluded', async () => {
    const number = await hub.file(boardAgency, secrets);
    await hub.settle(boardAgency);
    const posts = `select wr_id from g5_write_${board} where wr_10 = ? and wr_is_comment = 0`;
    brought = String((await query(posts, [`${number}/1`]))[0]?.wr_id);
    await site.comment(officer, board, brought, secrets.answer);
    const held = await hub.wait(secrets.title, ({ status }) => status === 'answered');
    ok(textsOf(held, 'answered').length === 1, 'the answer did not come back');
    own = await site.write(writer, board, { title: '제 비밀글', text: secrets.body, secret: true });
    await hub.answer((await hub.wait('제 비밀글')).receiptNumber, secrets.answer);
    await hub.settle(boardAgency);
    const guest = await site.guest();
    for (const post of [brought, own])
      for (const who of [other, guest]) mustNotTell(await who.look(viewOf(post)), post);
    ok((await officer.look(viewOf(brought))).includes(secrets.body), 'hidden from the officer');
    ok((await writer.look(viewOf(own))).includes(secrets.answer), 'hidden from the writer');
    await guest.leave();
  });
  await prove(part, 'others_excluded', () => tryPasswords(stage, brought));
  await prove(part, 'list_discreet', async () => {
    await query('update g5_board set bo_use_search = 1');
    const guest = await site.guest();
    for (const who of [other, guest]) for (const path of lists) mustNotList(await who.look(path), path);
    await guest.leave();
    ok(
      (await officer.look(`/bbs/board.php?bo_table=${board}`)).includes('김*순'),
      'the list shows no name at all',
    );
  });
}

const lists = [
  `/bbs/board.php?bo_table=${board}`,
  '/',
  '/bbs/new.php',
  `/bbs/board.php?bo_table=${board}&sfl=wr_content&stx=${encodeURIComponent('사채')}`,
  `/bbs/search.php?sfl=wr_subject%7C%7Cwr_content&stx=${encodeURIComponent('사채')}`,
  `/bbs/rss.php?bo_table=${board}`,
];

function mustNotTell(text: string, post: string): void {
  for (const words of [secrets.body, secrets.answer]) ok(!text.includes(words), `${post} shows ${words}`);
}

function mustNotList(text: string, path: string): void {
  for (const words of [secrets.title, secrets.name, secrets.body])
    ok(!text.includes(words), `${path} shows ${words}`);
}

/** The post is tried with passwords that nobody set, also as on boards from before GNUBoard 5.4: GB-2. */
async function tryPasswords({ site, root }: Stage, post: string): Promise<void> {
  const file = join(root, 'config.php');
  const text = await readFile(file, 'utf8');
  const old = text.replace(
    "define('G5_STRING_ENCRYPT_FUNCTION', 'create_hash')",
    "define('G5_STRING_ENCRYPT_FUNCTION', 'sql_password')",
  );
  ok(old !== text, 'config.php names no create_hash');
  for (const configuration of [text, old]) {
    await writeFile(file, configuration);
    const guest: Person = await site.guest();
    // GNUBoard keeps what a password opened in a session, which begins with the first page.
    mustNotTell(await guest.look(viewOf(post)), post);
    for (const password of ['', '*', 'secret']) {
      const form = { w: 's', bo_table: board, wr_id: post, wr_password: password };
      mustNotTell(await guest.send('/bbs/password_check.php', form, viewOf(post)), post);
      mustNotTell(await guest.look(viewOf(post)), post);
      const edit = { w: 'u', bo_table: board, wr_id: post, wr_password: password };
      mustNotTell(await guest.send('/bbs/write.php', edit, viewOf(post)), post);
    }
    await guest.leave();
  }
  await writeFile(file, text);
}
