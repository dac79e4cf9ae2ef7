import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { StartFixture } from '../../../adapters/conformance/board-fixture.ts';
import type { AdapterContext, BoardAdapter } from '../../../adapters/contract.ts';
import { openFaultyLine } from '../../../adapters/kit/faulty-line.ts';
import type { SoapSettings } from '../../../adapters/soap/config.ts';
import { soapAdapter } from '../../../adapters/soap/index.ts';
import type { Agency } from '../../../schemas/index.ts';
import { type SoapBoard, startSoapBoard } from '../../boards/soap-board/index.ts';
import { faultModes, toSpoiler } from './fault-modes.ts';

const secret = 'soap-board-secret-3c9e';

/** The sample agency's settings, pointed at a board of this test, with what the test changes. */
export async function readSettings(board: SoapBoard, changes: Partial<SoapSettings> = {}) {
  const file = new URL('../../boards/soap-board/agency.yaml', import.meta.url);
  const agency = parse(await readFile(file, 'utf8')) as Agency;
  const settings = agency.board?.settings as SoapSettings;
  return { ...settings, wsdl: board.wsdlUrl, endpoint: board.url, ...changes };
}

export const startBoard = () =>
  startSoapBoard({ agencyName: '기술혁신진흥원', user: 'minwon-hub', password: secret });

/** An adapter for settings that must be good. */
export function connect(settings: SoapSettings, context: Partial<AdapterContext> = {}): BoardAdapter {
  const problems = soapAdapter.checkSettings(settings);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return soapAdapter.create(settings, {
    agency: 'techno',
    timeZone: 'Asia/Seoul',
    networks: ['127.0.0.0/8'],
    secret: () => secret,
    ...context,
  });
}

export const startSoapFixture: StartFixture = async () => {
  const given = { secret };
  const board = await startBoard();
  const line = await openFaultyLine(Number(new URL(board.url).port));
  const onLine = (url: string) => Object.assign(new URL(url), { port: String(line.port) }).href;
  board.announce(onLine(board.pageUrl).replace(/\/$/, ''));
  const settings = await readSettings(board, { wsdl: onLine(board.wsdlUrl), endpoint: onLine(board.url) });
  const pull = { ...settings.pull, pageSize: 3, overlapSeconds: 10 } as NonNullable<SoapSettings['pull']>;
  const fingerprints = { ...settings.fingerprints, pageSize: 3 } as NonNullable<SoapSettings['fingerprints']>;
  const adapter = connect({ ...settings, pull, fingerprints }, { secret: () => given.secret });
  return {
    adapter,
    carriesParts: true,
    pageSize: 3,
    overlapSeconds: 10,
    secret,
    unknownCode: '77',
    line,
    // EUC-KR has no such letter.
    unfitTitle: '뷁 ✈️ 항공 운임 문의',
    board: {
      file: (title) => board.file({ CVPL_SJ: title }),
      attach: (id, file) => board.attach(id, file),
      files: (id) => board.files(id),
      edit: (id, title) => board.edit(id, { CVPL_SJ: title }),
      swell: (id, letters) => board.edit(id, { CVPL_CN: '가'.repeat(letters) }),
      spoil: toSpoiler(board.faults),
      givesAll: (how) => {
        board.faults.givesAll = how;
      },
      setCode: (id, code) => board.edit(id, { STTUS_CODE: code }),
      setClock: (now) => board.setClock(() => now),
      fault: (fault) => {
        given.secret = fault === 'unauthorised' ? `${secret}-old` : secret;
        board.faults.mode = faultModes[fault];
      },
      requests: () => board.faults.requests,
      posts: () =>
        board.posts().map(({ post, answers }) => ({
          externalId: post.CVPL_NO,
          title: post.CVPL_SJ ?? '',
          ...(post.LINK_NO && { receiptNumber: post.LINK_NO }),
          answers: answers.map(({ ANSWER_CN = '' }) => ANSWER_CN),
        })),
    },
    close: async () => {
      await adapter.close();
      await line.close();
      await board.close();
    },
  };
};
