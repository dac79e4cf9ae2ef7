import { resolve } from 'node:path';
import type { SignOn } from './access/sign-on/sign-on.ts';
import { createAlerts } from './alerts/alerts.ts';
import type { ContentStore } from './attachments/content-store.ts';
import type { LiveDirectory } from './configuration/live-directory.ts';
import type { Stages } from './exchange/rehearsal/open-stages.ts';
import { startRehearsalWorker } from './exchange/rehearsal-worker.ts';
import { startWorker, type WorkerDependencies } from './exchange/worker.ts';
import { createAccountMailSender } from './notify/accounts/send-account-mails.ts';
import { createLiveTemplates } from './notify/live-templates.ts';
import { createProviders } from './notify/providers/index.ts';
import { createAskReports } from './notify/reports/ask-reports.ts';
import type { TakeReport } from './notify/reports/take-report.ts';
import { createNoticeSender, type SenderDependencies } from './notify/send.ts';
import { createTrialSender, joinSenders } from './notify/trials/send-trials.ts';
import type { Looks } from './queue/looks.ts';
import { createRecordDuties } from './record-duties.ts';
import type { Settings } from './settings.ts';
import { createExclusive, type Exclusive } from './store/exclusive.ts';
import { readDefaultTemplates } from './templates/template-files.ts';

/** What the stages of agencies add, with the contents of the files of test complaints. */
export type Trials = Stages & { trialContents: ContentStore };

export type WorkerParts = Omit<
  WorkerDependencies,
  'exclusive' | 'notices' | 'askReports' | 'alerts' | 'accountMails' | 'insight'
> & {
  takeReport: TakeReport;
  directory: LiveDirectory;
  stages: Trials;
  signOn: SignOn;
};

/** Everything that works by itself: deliveries, polls, notices, alerts, and what looks after records. */
export async function openWorker(
  parts: WorkerParts,
  settings: Settings,
  closing: (() => unknown)[],
): Promise<Looks> {
  const { store, directory, stages, signOn, log, changed, takeReport } = parts;
  const boards = stages.liveBoards;
  const exclusive = createExclusive(store);
  closing.push(() => exclusive.close());
  const defaults = readDefaultTemplates(resolve(settings.CONFIG_DIR, 'templates'));
  const templates = createLiveTemplates(defaults, directory, log);
  const providers = createProviders(settings);
  closing.push(() => Promise.all(Object.values(providers).map((provider) => provider.close())));
  const hours = settings.SMS_REPORT_HOURS;
  const sending = {
    ...{ store, directory, exclusive, templates, providers },
    publicUrl: settings.PUBLIC_URL,
    reports: { url: settings.SMS_REPORT_URL ?? settings.PUBLIC_URL, hours },
    log,
  };
  const notices = createNoticeSender(sending);
  const { sms: provider } = providers;
  if (provider.callsBack && !(settings.SMS_REPORT_URL ?? settings.PUBLIC_URL))
    log.warn('neither SMS_REPORT_URL nor PUBLIC_URL is set: nobody learns whether texts arrive');
  const askReports = createAskReports({ store, exclusive, provider, takeReport, hours, changed, log });
  const alerting = { store, directory, boards, exclusive, settings, signOn, log, changed };
  const alerts = createAlerts({ ...alerting, email: providers.email });
  const accountMails = createAccountMailSender({
    ...{ store, exclusive, log, changed },
    provider: providers.email,
    publicUrl: settings.PUBLIC_URL,
  });
  const senders = joinSenders(notices, createTrialSender({ store, exclusive, providers, log }));
  const worker = startWorker({
    ...parts,
    boards,
    exclusive,
    notices: senders,
    askReports,
    alerts,
    accountMails,
    insight: createRecordDuties({
      ...{ store, directory, exclusive, settings, log },
      contents: [parts.contents, stages.trialContents],
    }),
  });
  closing.push(() => worker.stop());
  openRehearsals({ ...parts, exclusive, sending }, closing);
  return worker;
}

/** The exchange with boards that are not live yet, beside the real one. */
function openRehearsals(
  parts: WorkerParts & { exclusive: Exclusive; sending: SenderDependencies },
  closing: (() => unknown)[],
): void {
  const { store, directory, boards, stages, accept, exclusive, sending, log, changed } = parts;
  const { trialStore, trialContents: contents } = stages;
  // Real notices do not wait for those of tests.
  const apart: Exclusive = { ...exclusive, run: (name, work) => exclusive.run(`trial ${name}`, work) };
  const notices = createNoticeSender({ ...sending, store: trialStore, exclusive: apart });
  const rehearsing = { store, trialStore, directory, boards, contents, accept, exclusive, notices };
  const worker = startRehearsalWorker({ ...rehearsing, log, changed });
  closing.push(() => worker.stop());
}
