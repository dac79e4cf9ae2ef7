import type { SinkFaults } from '../outside/protocol.ts';
import type { Injection, Scenario } from '../scenario.ts';

const setFaults = ({ stage }: Injection, faults: SinkFaults) => stage.outside.ask('setFaults', faults);

/** The faults are used up one by one. When the last is used, the fault is over. */
async function waitUntilUsed({ stage, waitFor }: Injection): Promise<void> {
  await waitFor(
    'the faults of the sinks to be met',
    async () => (await stage.outside.ask<number>('faultsLeft')) === 0,
  );
}

const shape = { lanes: ['rest', 'soap'] as Scenario['lanes'], complaints: { quick: 5, full: 15 } };

const refuse: Scenario = {
  ...shape,
  name: 'sinks-refuse',
  what: 'SMTP takes nothing (421) and knows some people not (550); the SMS gateway answers 502 and 503',
  quick: true,
  within: { quick: 30, full: 120 },
  // True for every third complainant.
  refusesMailOf: (mark) => Number(mark.slice(2)) % 3 === 0,
  async inject(injection) {
    await setFaults(injection, { closed: true, sms: ['busy', 'failure', 'busy', 'failure'] });
    await injection.pause(injection.full ? 8_000 : 2_500);
    await setFaults(injection, { closed: false });
    await waitUntilUsed(injection);
  },
};

const resets: Scenario = {
  ...shape,
  name: 'sinks-reset',
  what: 'SMTP and the SMS gateway take messages and cut the connection in place of the reply',
  quick: true,
  within: { quick: 30, full: 120 },
  async inject(injection) {
    const mails = injection.full ? 12 : 4;
    await setFaults(injection, {
      resetAfterData: mails,
      sms: ['reset-after', 'reset-before', 'reset-after', 'reset-before'],
    });
    injection.noteUnknown('mail', mails);
    await waitUntilUsed(injection);
  },
};

const greylist: Scenario = {
  ...shape,
  name: 'mail-greylisted',
  what: 'SMTP answers 451 to the first try for each recipient',
  quick: false,
  within: { quick: 0, full: 180 },
  async inject(injection) {
    // The greylist stays on. It delays each recipient only once and is no fault that has an end.
    await setFaults(injection, { greylist: true });
  },
};

const timeOut: Scenario = {
  ...shape,
  name: 'sinks-time-out',
  what: 'SMTP and the SMS gateway take messages and never reply',
  quick: false,
  within: { quick: 0, full: 180 },
  async inject(injection) {
    await setFaults(injection, { hang: 4, sms: ['hang', 'hang', 'hang'] });
    injection.noteUnknown('mail', 4);
    await waitUntilUsed(injection);
  },
};

export const sinkScenarios = [refuse, resets, greylist, timeOut];
