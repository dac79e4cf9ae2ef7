import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsSchema } from '../../../hub/settings.ts';
import type { Scenario } from '../scenario.ts';

const commands = readFileSync(new URL('../../../hub/command-line/run.ts', import.meta.url), 'utf8');
const cannotReconcile = () =>
  /reconcile/i.test(commands) ? undefined : 'this hub has no command `hub reconcile` yet';

const boardRestored: Scenario = {
  name: 'board-restored',
  what: 'boards are restored from an older copy; `hub reconcile` makes them whole again',
  quick: false,
  lanes: ['rest', 'soap'],
  complaints: { quick: 4, full: 12 },
  within: { quick: 40, full: 120 },
  cannotRun: cannotReconcile,
  async inject({ stage, lanes, full, pause, waitFor, isLevel, runHubCommand }) {
    await pause(full ? 6_000 : 1_500);
    for (const { code } of lanes) await stage.outside.ask('keepCopy', code);
    await waitFor('all to be level', isLevel);
    for (const { code } of lanes) {
      await stage.outside.ask('restore', code);
      await runHubCommand(['reconcile', code, '--repair', 'all']);
    }
  },
};

/** A board's clock is hours behind. Posts that are written then have earlier times than those that the hub has read. */
const clockHoursBack: Scenario = {
  name: 'board-clock-hours-back',
  what: "a board's clock is two hours behind for a while; `hub reconcile` finds what was not read",
  quick: false,
  lanes: ['rest', 'soap'],
  complaints: { quick: 4, full: 12 },
  within: { quick: 40, full: 120 },
  cannotRun: cannotReconcile,
  async inject({ stage, lanes, full, pause, runHubCommand }) {
    for (const { code } of lanes) await stage.outside.ask('setClock', { code, seconds: -7_200 });
    await pause(full ? 10_000 : 2_500);
    for (const { code } of lanes) await stage.outside.ask('setClock', { code, seconds: 0 });
    for (const { code } of lanes) await runHubCommand(['reconcile', code, '--repair', 'all']);
  },
};

const diskSize = '4m';
const diskOf = (folder: string) => join(folder, 'disk');
const ballastOf = (folder: string) => join(diskOf(folder), 'ballast');

function cannotFillDisk(): string | undefined {
  if (!('ATTACHMENTS_DIR' in settingsSchema.properties)) return 'this hub has no attachments yet';
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root of a Linux can mount a small disk';
  return undefined;
}

const diskFull: Scenario = {
  name: 'attachments-disk-full',
  what: 'the disk of the attachments is full for a while',
  quick: false,
  lanes: ['rest'],
  complaints: { quick: 6, full: 24 },
  within: { quick: 40, full: 120 },
  files: true,
  cannotRun: cannotFillDisk,
  prepare(folder) {
    const disk = diskOf(folder);
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskSize},mode=0700`, 'tmpfs', disk]);
    return { environment: { ATTACHMENTS_DIR: disk }, undo: () => execFileSync('umount', ['--lazy', disk]) };
  },
  async inject({ stage, full, pause }) {
    const { bsize, bavail } = statfsSync(diskOf(stage.folder));
    // A few bytes stay free, so the beginning of a file still fits.
    writeFileSync(ballastOf(stage.folder), Buffer.alloc(bsize * (bavail - 4)));
    await pause(full ? 10_000 : 3_000);
    rmSync(ballastOf(stage.folder));
  },
};

export const repairScenarios = [boardRestored, clockHoursBack, diskFull];
