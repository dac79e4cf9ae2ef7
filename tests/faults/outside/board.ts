import { copyFileSync, rmSync } from 'node:fs';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../boards/soap-board/index.ts';
import { readRestBoard, readSoapBoard } from '../../demo/board-copies.ts';
import type { Copy } from '../model/count.ts';
import { bodyOf, emailOf, type Matter, markIn, nameOf, phoneOf, titleOf } from '../model/matter.ts';
import { type OutsideSecrets, soapUser } from './protocol.ts';

/** One sample board with its storage in a file, in the terms of the suite. */
export interface OutsideBoard {
  url: string;
  copies(): Copy[];
  file(matter: Matter): string;
  act(kind: 'answer' | 'interim' | 'followUp', id: string, text: string): void;
  setClock(offsetSeconds: number): void;
  /** Copies the current storage. The board can later return to this copy at the same address. */
  keepCopy(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

type Started = { rest: RestBoard; soap?: never } | { soap: SoapBoard; rest?: never };

export async function openBoard(
  code: string,
  kind: 'rest' | 'soap',
  file: string,
  { restKey, soapPassword }: OutsideSecrets,
): Promise<OutsideBoard> {
  const start = async (port: number): Promise<Started> =>
    kind === 'rest'
      ? { rest: await startRestBoard({ agencyName: code, apiKey: restKey, file, port }) }
      : {
          soap: await startSoapBoard({
            agencyName: code,
            user: soapUser,
            password: soapPassword,
            file,
            port,
          }),
        };
  let started = await start(0);
  const board = () => started.rest ?? started.soap;
  const { url } = board();
  const port = Number(new URL(url).port);

  /** SQLite keeps the newest writes in a second file until the database is closed. */
  async function whileClosed(work: () => void): Promise<void> {
    await board().close();
    work();
    started = await start(port);
  }

  return {
    url,
    copies: () => toCopies(code, started),
    file: (matter) => fileOn(started, matter),
    act(kind, id, text) {
      if (started.rest) started.rest[kind](Number(id), text);
      else started.soap[kind](id, text);
    },
    setClock: (offsetSeconds) =>
      board().setClock(offsetSeconds === 0 ? undefined : () => new Date(Date.now() + offsetSeconds * 1000)),
    keepCopy: () => whileClosed(() => copyFileSync(file, `${file}.old`)),
    restore: () =>
      whileClosed(() => {
        for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true });
        copyFileSync(`${file}.old`, file);
      }),
    close: () => board().close(),
  };
}

function toCopies(place: string, { rest, soap }: Started): Copy[] {
  const copies = rest ? readRestBoard(rest) : readSoapBoard(soap);
  return copies.map(({ id, title, body, name, email, phone, parts }) => ({
    place,
    id,
    mark: markIn(title) ?? '',
    title,
    name,
    email,
    phone,
    parts: [...parts, ...filesOf(rest, id)],
    body: body.trim(),
  }));
}

/** The methods of a sample board that holds files. */
type WithFiles = Partial<RestBoard> & { files?(no: number): { name: string; sha256: string }[] };
const filesOf = (board: WithFiles | undefined, id: string): string[] =>
  board?.files?.(Number(id)).map(({ name, sha256 }) => `file: ${name} ${sha256}`) ?? [];

function fileOn({ rest, soap }: Started, matter: Matter): string {
  const [HP1 = '', HP2 = '', HP3 = ''] = /^(\d{3})(\d{4})(\d{4})$/.exec(phoneOf(matter))?.slice(1) ?? [];
  const isText = matter.by === 'sms';
  if (rest) {
    const wrtr = {
      nm: nameOf(matter),
      mail: emailOf(matter),
      hp: `${HP1}-${HP2}-${HP3}`,
      ntcMthd: isText ? 'S' : 'E',
    };
    const post = { subject: titleOf(matter), contents: bodyOf(matter), ctgry: 'ETC', rgn: matter.to };
    return String(rest.file({ ...post, wrtr }));
  }
  return soap.file({
    CVPL_SJ: titleOf(matter),
    CVPL_CN: bodyOf(matter),
    CVPL_SE: '2',
    CTGRY_CODE: '900',
    AREA_NM: matter.to,
    APLCNT_NM: nameOf(matter),
    CMPNY_NM: '',
    EMAIL_ADRES: emailOf(matter),
    HP1,
    HP2,
    HP3,
    NTCN_MTHD: isText ? '2' : '1',
  });
}
