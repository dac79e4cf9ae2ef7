import { signIn } from './desk.ts';
import { openDoor } from './door.ts';
import { openSoapProgram } from './programs.ts';
import type { Stage } from './stage.ts';
import { type Demo, password } from './start.ts';

/** Everybody signs in, and the programs of the agencies open their doors. */
export async function setStage(
  demo: Demo,
  seen: Pick<Stage, 'observer' | 'watch' | 'journal'>,
): Promise<Stage> {
  const { url, folder, keyOf } = demo;
  const desk = (login: string) => signIn(url, login, password);
  const [officer, leader, inspector, techno, counsellor, administrator] = await Promise.all([
    desk('officer'),
    desk('leader'),
    desk('inspector'),
    desk('techno'),
    desk('counsellor'),
    desk('admin'),
  ]);
  const door = async (agency: 'market' | 'sbiz') => openDoor(url, await keyOf(agency), folder);
  const soap = async (agency: 'techno' | 'textile') => openSoapProgram(url, await keyOf(agency), folder);
  return {
    ...seen,
    outside: demo.outside,
    desks: { officer, leader, inspector, techno, counsellor, administrator },
    programs: {
      market: await door('market'),
      sbiz: await door('sbiz'),
      techno: await soap('techno'),
      textile: await soap('textile'),
    },
    acted: new Map(),
  };
}
