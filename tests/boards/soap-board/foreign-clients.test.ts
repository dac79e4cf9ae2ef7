import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SoapBoard, startSoapBoard } from './index.ts';

/** Clients in other languages, each with a check whether it is installed. */
const clients = [
  {
    name: 'PHP SoapClient',
    programs: ['php'],
    probe: ['-r', 'exit(class_exists("SoapClient") ? 0 : 1);'],
    script: 'client.php',
  },
  {
    name: 'Python zeep', // /usr/bin/python3 is the fallback: another Python often lacks Debian's packages.
    programs: ['python3', '/usr/bin/python3'],
    probe: ['-c', 'import zeep'],
    script: 'client.py',
  },
];

const run = promisify(execFile);

async function findInstalled(programs: string[], probe: string[]): Promise<string | undefined> {
  for (const program of programs) {
    const works = await run(program, probe, { timeout: 20_000 }).then(
      () => true,
      () => false,
    );
    if (works) return program;
  }
  return undefined;
}

describe.each(clients)(
  'the sample board understands $name',
  ({ name, programs, probe, script }) => {
    let board: SoapBoard;
    beforeAll(async () => {
      board = await startSoapBoard({
        agencyName: '기술혁신진흥원',
        user: 'partner',
        password: 'foreign-pass',
      });
    });
    afterAll(() => board.close());

    test('calls, errors, keys and access', async ({ skip }) => {
      const program = await findInstalled(programs, probe);
      if (program === undefined) {
        if (process.env.REQUIRE_SERVICES === '1') throw new Error(`${name} is not installed`);
        console.warn(`NOT TESTED: ${name} is not installed`);
        return skip();
      }
      const file = fileURLToPath(new URL(script, import.meta.url));
      const { stdout } = await run(program, [file, board.wsdlUrl, 'partner', 'foreign-pass'], {
        timeout: 30_000,
      });
      const said = JSON.parse(stdout);
      const id = board.posts()[0]?.post.CVPL_NO;
      expect(board.posts().map(({ post }) => [post.CVPL_SJ, post.CVPL_CN])).toEqual([
        ['다른 도구의 제목', '첫째 & <줄>\r\n둘째'],
      ]);
      expect(said.first).toMatchObject({ resultCode: '0000', CVPL_NO: id });
      expect(said.again).toMatchObject({ resultCode: '0000', CVPL_NO: id });
      expect(said.missing).toMatchObject({
        resultCode: 'E001',
        resultMsg: expect.stringContaining('CVPL_CN'),
      });
      expect(said.detail).toMatchObject({
        CVPL_SJ: '다른 도구의 제목',
        STTUS_CODE: '10',
        LAST_UPDT_PNTTM: expect.stringMatching(/^\d{14}$/),
      });
      expect(said.list).toMatchObject({ totalCnt: '1', cvplList: [{ CVPL_NO: id }] });
      expect(said.wrongPassword).toMatch(/FailedAuthentication$/);
      expect(said.replayed).toMatch(/InvalidSecurity$/);
    });
  },
  60_000,
);
