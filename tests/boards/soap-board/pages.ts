/** The agency's own web pages for its officers and for complainants. They work without JavaScript. */
import type { FastifyInstance } from 'fastify';
import { readForm } from '../file-storage.ts';
import { categoryNames, statusNames } from './codes.ts';
import { formPage, forms } from './forms.ts';
import { html, layout, lines, type Markup } from './html.ts';
import type { Operation } from './operations.ts';
import { BoardProblem } from './problem.ts';
import type { Cvpl, Row, Storage } from './storage.ts';
import { readable } from './time.ts';

export interface PageParts {
  storage: Storage;
  operations: Record<string, Operation>;
  fileUrl: (id: string) => string;
  agencyName: string;
}

export function registerPages(app: FastifyInstance, { storage, operations, fileUrl, agencyName }: PageParts) {
  const page = (title: string, body: Markup, live = false) => layout({ agencyName, title, body, live });

  app.get('/', async (_request, reply) =>
    reply.type('text/html').send(page('민원 목록', list(storage), true)),
  );

  app.get<{ Params: { no: string } }>('/cvpl/:no', async ({ params }, reply) => {
    const found = storage.get(params.no);
    return reply.type('text/html').send(page(found.post.CVPL_SJ ?? '', detail(found, fileUrl), true));
  });

  for (const [path, form] of Object.entries(forms)) {
    const route = form.ofPost ? `/cvpl/:no/${path}` : `/${path}`;
    const titleOf = (no?: string) => (no ? `${form.title} · ${no}` : form.title);
    app.get<{ Params: { no?: string } }>(route, async ({ params }, reply) =>
      reply.type('text/html').send(page(titleOf(params.no), formPage(form, {}))),
    );
    app.post<{ Params: { no?: string }; Body: Row }>(route, async (request, reply) => {
      const { params } = request;
      const { fields: body, stored } = request.isMultipart()
        ? await readForm(request.parts(), storage.files)
        : { fields: request.body, stored: [] };
      const args = { ...body, ...form.fixed, ...(params.no && { CVPL_NO: params.no }) };
      const result = attempt(() => operations[form.operation]?.(args) ?? {});
      if (result instanceof BoardProblem) {
        const again = page(titleOf(params.no), formPage(form, body, result.message));
        return reply.code(422).type('text/html').send(again);
      }
      for (const file of stored) storage.addFile(String(result.CVPL_NO), String(result.PART_NO ?? ''), file);
      return reply.redirect(`/cvpl/${result.CVPL_NO}`, 303);
    });
  }
}

function attempt<T>(work: () => T): T | BoardProblem {
  try {
    return work();
  } catch (error) {
    if (error instanceof BoardProblem) return error;
    throw error;
  }
}

function list(storage: Storage): Markup {
  const rows = storage.newest().map(
    ({ post, answers }) => html`<tr>
  <td>${post.CVPL_NO}</td>
  <td><a href="/cvpl/${post.CVPL_NO}">${post.CVPL_SJ}</a></td>
  <td>${categoryNames[post.CTGRY_CODE ?? '']}</td>
  <td>${post.APLCNT_NM}</td>
  <td>${badge(post.STTUS_CODE)}</td>
  <td>${answers.length}</td>
  <td>${readable(post.LAST_UPDT_PNTTM)}</td></tr>`,
  );
  const empty = html`<tr><td colspan="7">등록된 민원이 없습니다.</td></tr>`;
  return html`<p><a class="button" href="/file">민원 신청</a></p>
<table><thead><tr><th>번호</th><th>제목</th><th>분야</th><th>신청인</th><th>상태</th><th>답변</th><th>변경일시</th></tr></thead>
<tbody>${rows.length > 0 ? rows : empty}</tbody></table>`;
}

function detail({ post, answers, questions, files }: Cvpl, fileUrl: (id: string) => string): Markup {
  const filesOf = (no = '') =>
    files
      .filter(({ PART_NO }) => PART_NO === no)
      .map(
        ({ ATCH_FILE_ID = '', FILE_NM }) =>
          html`<p>첨부 <a href="${fileUrl(ATCH_FILE_ID)}">${FILE_NM}</a></p>`,
      );
  const facts: [string, string | undefined][] = [
    ['번호', post.CVPL_NO],
    ['통합접수번호', post.LINK_NO],
    ['분야', categoryNames[post.CTGRY_CODE ?? '']],
    ['신청인', [post.APLCNT_NM, post.CMPNY_NM].filter(Boolean).join(' / ')],
    ['연락처', [post.HP1, post.HP2, post.HP3].filter(Boolean).join('-')],
    ['전자우편', post.EMAIL_ADRES],
    ['신청일시', readable(post.FRST_REGIST_PNTTM ?? '')],
    ['이송', [post.TRNSF_INSTT_CODE, post.TRNSF_RESN].filter(Boolean).join(': ')],
    ['취하 사유', post.CNCL_RESN],
  ];
  const actions = Object.entries(forms).filter(([, form]) => form.ofPost);
  return html`<p>${badge(post.STTUS_CODE)}</p>
<dl>${facts.filter(([, value]) => value).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<section class="text">${lines(post.CVPL_CN ?? '')}${filesOf()}</section>
<h2>답변</h2>${answers.length > 0 ? answers.map((row) => answer(row, filesOf(row.ANSWER_NO))) : html`<p>아직 답변이 없습니다.</p>`}
<h2>추가 질의</h2>${questions.map((q) => html`<article><small>${readable(q.REGIST_PNTTM ?? '')}</small><p>${lines(q.QESTN_CN ?? '')}</p>${filesOf(q.QESTN_NO)}</article>`)}
<p>${actions.map(([path, form]) => html`<a class="button" href="/cvpl/${post.CVPL_NO}/${path}">${form.title}</a> `)}<a href="/">목록</a></p>`;
}

function answer(row: Row, files: Markup[]): Markup {
  const officer = [row.DEPT_NM, row.CHARGER_NM, row.CHARGER_TELNO].filter(Boolean).join(' ');
  return html`<article><strong>${row.ANSWER_SE === '2' ? '중간 회신' : '답변'}</strong>
<small>${readable(row.ANSWER_PNTTM ?? '')} ${officer}</small><p>${lines(row.ANSWER_CN ?? '')}</p>${files}</article>`;
}

function badge(code: string): Markup {
  return html`<span class="badge s${code}">${statusNames[code] ?? code}</span>`;
}
