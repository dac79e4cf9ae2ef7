import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { NewQuestion, Questions } from './questions.ts';

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
const toSafe = (text: string) => text.replace(/[<>&"]/g, (character) => entities[character] ?? character);
const toText = (html: string) => toSafe(html.replace(/<!--.*?-->|<[^>]+>/gs, ' ').trim());

const style = `body{font:16px/1.6 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}
article{border-top:1px solid #ccc;padding:.5rem 0}textarea,input{width:100%;box-sizing:border-box;font:inherit}
blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid #7a9}`;

/** The page for people. It shows the questions, and takes questions and answers. */
export function addPages(server: FastifyInstance, board: Questions, agencyName: string): void {
  server.register(formbody);
  server.get('/', async (_request, reply) => {
    const questions = (await board.questions()).toReversed().map(
      ({ id, subject, content, name, answers }) => `<article><h2>${toSafe(subject)}</h2>
<p>${toText(content)}</p><p>${toSafe(name)}</p>
${answers.map((answer) => `<blockquote>${toText(answer.content)}</blockquote>`).join('')}
<form method="post" action="/answers/${id}"><label>답변 <textarea name="text" required></textarea></label><button>등록</button></form></article>`,
    );
    return reply
      .type('text/html; charset=utf-8')
      .send(`<!doctype html><html lang="ko"><meta name="viewport" content="width=device-width">
<title>${toSafe(agencyName)} 1:1 문의</title><style>${style}</style><h1>${toSafe(agencyName)} 1:1 문의</h1>
<form method="post" action="/questions"><label>제목 <input name="subject" required></label><label>내용 <textarea name="content" required></textarea></label>
<label>이름 <input name="name" required></label><label>분류 <input name="category" value="섬유"></label><button>문의하기</button></form>
${questions.join('\n')}</html>`);
  });
  server.post<{ Body: NewQuestion }>('/questions', async ({ body }, reply) => {
    await board.file(body);
    return reply.redirect('/', 303);
  });
  server.post<{ Params: { id: string }; Body: { text: string } }>('/answers/:id', async (request, reply) => {
    await board.answer(Number(request.params.id), request.body.text);
    return reply.redirect('/', 303);
  });
}
