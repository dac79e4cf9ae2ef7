import { Readable } from 'node:stream';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import { create } from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readForm, type StoredFile } from '../file-storage.ts';
import { contentPolicy, escapeHtml, type Html, html, liveScript, page, stored } from './layout.ts';
import {
  type BoardFile,
  type BoardPost,
  type BoardStore,
  categories,
  type FilePlace,
  type NewReply,
  states,
} from './store.ts';

const perPage = 20;
const largestFile = 200 * 1024 * 1024;
type Fields = Record<string, string | undefined>;
type Numbered = { Params: { no: string }; Body: Fields };

/** The board's pages for people: the list, one complaint, and the forms. They work without scripts. */
export async function addPages(
  server: FastifyInstance,
  store: BoardStore,
  agencyName: string,
): Promise<void> {
  await server.register(formbody);
  await server.register(multipart, { limits: { fileSize: largestFile } });
  const read = async (request: FastifyRequest): Promise<{ fields: Fields; stored: StoredFile[] }> =>
    request.isMultipart()
      ? readForm(request.parts(), store.files)
      : { fields: request.body as Fields, stored: [] };
  server.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', contentPolicy);
  });
  const show = (reply: FastifyReply, title: string, body: Html, live = false) =>
    reply.type('text/html; charset=utf-8').send(page(agencyName, title, body, live));

  server.get('/live.js', (_request, reply) => reply.type('text/javascript').send(liveScript));
  server.get<{ Querystring: Fields }>('/', ({ query }, reply) => {
    const number = Math.max(Number(query.page ?? 1) || 1, 1);
    return show(reply, '민원 목록', listPage(store, number));
  });
  server.get('/new', (_request, reply) => show(reply, '민원 신청', newPage()));
  server.post('/new', async (request, reply) => {
    const { fields, stored } = await read(request);
    const no = file(store, fields);
    for (const one of stored) store.attach(no, one);
    return reply.redirect(`/posts/${no}`, 303);
  });
  server.get<{ Params: { fileNo: string } }>('/files/:fileNo', ({ params }, reply) => {
    const found = store.files.find(Number(params.fileNo));
    if (!found) return reply.code(404).send();
    return reply
      .type('application/octet-stream')
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', create(found.name))
      .send(Readable.from(store.files.read(found.no)));
  });
  server.get<Numbered>('/posts/:no', ({ params }, reply) => {
    const post = store.find(Number(params.no));
    if (!post) return show(reply.code(404), '없는 민원', html`<section>없는 민원입니다.</section>`);
    return show(reply, post.subject, detailPage(post), true);
  });
  server.get<Numbered>('/posts/:no/live', ({ params }, reply) => {
    const post = store.find(Number(params.no));
    return reply.type('text/html; charset=utf-8').send(post ? livePart(post).text : '');
  });
  for (const [name, apply] of Object.entries(actions)) {
    server.post<Numbered>(`/posts/:no/${name}`, async (request, reply) => {
      const { params } = request;
      const { fields, stored } = await read(request);
      const place = apply(store, Number(params.no), fields);
      for (const one of stored) store.attach(Number(params.no), one, place);
      return reply.redirect(`/posts/${params.no}`, 303);
    });
  }
}

/** The actions of the forms below a complaint. They return the place to which their files belong. */
const actions: Record<string, (store: BoardStore, no: number, fields: Fields) => FilePlace | undefined> = {
  reply: (store, no, { type, cn = '', dept, chrg, tel }) => {
    const replyNo = store.reply(no, {
      type: type === 'MID' ? 'MID' : 'FINAL',
      cn: asEdited(cn),
      dept: dept ?? null,
      chrg: chrg ?? null,
      tel: tel ?? null,
    } satisfies NewReply);
    return replyNo ? { replyNo } : {};
  },
  question: (store, no, { cn = '' }) => {
    const seq = store.ask(no, asEdited(cn));
    return seq ? { seq } : {};
  },
  withdraw: (store, no, { rsn }) => void store.change(no, () => ({ state: 'CNCL', cnclRsn: rsn || null })),
  transfer: (store, no, { to = '', rsn = '' }) =>
    void store.change(no, () => ({ state: 'TRNS', trnsf: { to, rsn } })),
};

function file(store: BoardStore, fields: Fields): number {
  const { subject = '', contents = '', ctgry = 'ETC', rgn = '', nm = '', corpNm, mail, hp, ntcMthd } = fields;
  const wrtr = { nm, corpNm: corpNm || null, mail: mail || null, hp: hp || null, ntcMthd: ntcMthd ?? null };
  return store.add({ subject, contents: asEdited(contents), ctgry, rgn: rgn || null, wrtr }).mwNo;
}

/** The agency's editor sends HTML. Text without a tag is plain text, as its mode without a toolbar sends it. */
export function asEdited(text: string): string {
  if (/<[a-z][^>]*>/i.test(text)) return text;
  const paragraphs = text.replace(/\r\n?/g, '\n').split(/\n{2,}/);
  return paragraphs.map((p) => `<p>${escapeHtml(p).replace(/\n/g, '<br>')}</p>`).join('');
}

const state = (post: BoardPost) => html`<span class="state">${states[post.state] ?? post.state}</span>`;

function listPage(store: BoardStore, number: number): Html {
  const posts = store.listNewest(perPage, (number - 1) * perPage);
  const total = store.count();
  return html`<div class="row"><h1>민원 목록 <span class="soft">${total}건</span></h1><a class="button" href="/new">민원 신청</a></div>
<table><thead><tr><th>번호</th><th>제목</th><th>분류</th><th>신청인</th><th>신청일</th><th>상태</th></tr></thead><tbody>
${posts.map(
  (post) => html`<tr><td>${post.mwNo}</td><td><a href="/posts/${post.mwNo}">${post.subject}</a></td>
<td>${categories[post.ctgry ?? '']}</td><td>${post.wrtr.nm}</td><td>${post.regDt.slice(0, 16)}</td><td>${state(post)}</td></tr>`,
)}</tbody></table>
<div class="row"><span>${number > 1 && html`<a href="/?page=${number - 1}">이전</a>`}</span>
<span>${number * perPage < total && html`<a href="/?page=${number + 1}">다음</a>`}</span></div>`;
}

const fileInput = html`<label>첨부파일 <input name="file" type="file" multiple></label>`;

const fileList = (files: BoardFile[]): Html =>
  html`${files.map(
    ({ fileNo, fileNm, fileSz }) =>
      html`<p class="soft">첨부 <a href="/files/${fileNo}">${fileNm}</a> ${Math.ceil(fileSz / 1024)} KB</p>`,
  )}`;

function newPage(): Html {
  const options = Object.entries(categories).map(
    ([code, name]) => html`<option value="${code}">${name}</option>`,
  );
  return html`<form method="post" action="/new" enctype="multipart/form-data"><h1>민원 신청</h1>
<label>제목 <input name="subject" required maxlength="200"></label>
<label>내용 <textarea name="contents" required></textarea></label>
<label>분류 <select name="ctgry">${options}</select></label>
<label>지역 <input name="rgn" placeholder="부산"></label>
<label>이름 <input name="nm" required></label>
<label>업체명 <input name="corpNm"></label>
<label>이메일 <input name="mail" type="email"></label>
<label>휴대전화 <input name="hp" placeholder="010-1234-5678"></label>
<fieldset><legend>통지 방법</legend><label><input type="radio" name="ntcMthd" value="E" checked> 이메일</label>
<label><input type="radio" name="ntcMthd" value="S"> 문자</label></fieldset>
${fileInput}
<button>신청하기</button></form>`;
}

/** The part that changes while somebody looks: state, progress, answers and questions. */
function livePart(post: BoardPost): Html {
  const replies = post.replies.map(
    (
      reply,
    ) => html`<section class="answer"><h2>${reply.type === 'MID' ? '중간 회신' : '답변'}</h2>${stored(reply.cn)}${fileList(reply.atchFiles)}
<p class="soft">${reply.dept} ${reply.chrg} ${reply.tel} · ${reply.regDt.slice(0, 19)}</p></section>`,
  );
  const questions = post.addQs.map(
    (question) =>
      html`<section><h2>추가 질의</h2>${stored(question.cn)}${fileList(question.atchFiles)}<p class="soft">${question.regDt.slice(0, 19)}</p></section>`,
  );
  return html`<section>${fileList(post.atchFiles)}<p>${state(post)} <span class="soft">최근 변경 ${post.updDt.slice(0, 19)}</span></p>
${post.hubNo && html`<p>허브 접수번호 <strong>${post.hubNo}</strong></p>`}
${post.trnsf && html`<p>이송 요청: ${post.trnsf.to} (${post.trnsf.rsn})</p>`}
${post.cnclRsn && html`<p>취하 사유: ${post.cnclRsn}</p>`}</section>${replies}${questions}`;
}

function detailPage(post: BoardPost): Html {
  const { nm, corpNm, mail, hp } = post.wrtr;
  const at = (action: string) => `/posts/${post.mwNo}/${action}`;
  return html`<section><h1>${post.subject}</h1>
<p class="soft">${post.mwNo}번 · ${categories[post.ctgry ?? '']} · ${post.rgn} · ${nm} ${corpNm} · ${mail} · ${hp} · ${post.regDt.slice(0, 19)}</p>
${stored(post.contents)}</section><div id="live">${livePart(post)}</div>
<section><details><summary>답변 등록 (담당자)</summary><form method="post" action="${at('reply')}" enctype="multipart/form-data">
<label>구분 <select name="type"><option value="FINAL">답변</option><option value="MID">중간 회신</option></select></label>
<label>내용 <textarea name="cn" required></textarea></label>
<label>부서 <input name="dept" value="민원지원부"></label><label>담당자 <input name="chrg" value="김담당"></label>
<label>연락처 <input name="tel" value="02-123-4567"></label>${fileInput}<button>등록</button></form></details>
<details><summary>추가 질의</summary><form method="post" action="${at('question')}" enctype="multipart/form-data">
<label>내용 <textarea name="cn" required></textarea></label>${fileInput}<button>질의하기</button></form></details>
<details><summary>취하</summary><form method="post" action="${at('withdraw')}">
<label>사유 <input name="rsn"></label><button>취하하기</button></form></details>
<details><summary>이송 요청 (담당자)</summary><form method="post" action="${at('transfer')}">
<label>받을 기관 코드 <input name="to" required></label><label>사유 <input name="rsn" required></label><button>요청하기</button></form></details></section>`;
}
