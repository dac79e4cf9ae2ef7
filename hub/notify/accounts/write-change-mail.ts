import { restVersions } from '../../words/rest-changes.ts';

/**
 * The mail about a version of the REST API, Korean first with English beside it. `publicUrl`: the hub's address, for the links;
 * undefined: it is not known. A version of a later program has no lines here: the page has them.
 */
export function writeChangeMail(
  version: string,
  publicUrl: string | undefined,
): { subject: string; text: string } {
  const lines = restVersions.find((one) => one.version === version)?.lines ?? [];
  const links =
    publicUrl === undefined ? [] : ['', `${publicUrl}/engineer/changes`, `${publicUrl}/api/v1/docs/`];
  const text = [
    `민원 허브의 REST API가 ${version} 판이 되었습니다.`,
    ...lines.map(([ko]) => `- ${ko}`),
    '',
    '전에 쓰던 호출은 그대로 됩니다. 그만두는 것은 Deprecation과 Sunset으로 적어도 한 해 전에 알립니다.',
    '이 메일은 판마다 한 번 갑니다. 받지 않으려면 연계 현황의 "API 변경"에서 끄십시오.',
    '',
    `The REST API of Minwon Hub is at version ${version}.`,
    ...lines.map(([, en]) => `- ${en}`),
    '',
    'What you call today goes on as it is. What is given up says so by Deprecation and Sunset, at least a year before.',
    'You get this mail once for each version. If you want none, say so at "API changes" of your place.',
    ...links,
  ];
  return { subject: `[민원 허브] REST API ${version} / REST API ${version}`, text: `${text.join('\n')}\n` };
}
