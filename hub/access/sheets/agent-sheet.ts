import { type Agency, listSecretReferences } from '../../../schemas/index.ts';
import { type ConnectionSheet, row, toSeoulDay } from './connection-sheet.ts';

/** The facts that an agency's engineer needs to install the agent. */
export interface AgentFacts {
  agency: Agency;
  /** The hub's address, without a slash at its end. */
  baseUrl: string;
  /** It is shown this once. */
  token: string;
  expiresAt: Date;
}

/**
 * One command (POSIX sh) that installs the agent. It fetches the installation package, writes the agent's configuration
 * file, and enrols with the token. Then it asks what the hub's configuration may use of this machine, and starts the
 * agent after a yes. Only its own user can read what it writes.
 */
export const toInstallCommand = ({ baseUrl, token }: Pick<AgentFacts, 'baseUrl' | 'token'>): string =>
  `umask 077 && mkdir -p minwon-agent && cd minwon-agent && printf '%s' '${token}' > token &&
curl -fsS -H "Authorization: Bearer $(cat token)" ${baseUrl}/agent/v1/package -o agent.tgz &&
tar -xzf agent.tgz --strip-components=1 &&
printf 'hub: %s\\ndata: data\\ntoken: file:%s/token\\n' '${baseUrl}' "$PWD" > agent.yaml &&
./adapters/agent/main.js --config agent.yaml allow &&
./adapters/agent/main.js --config agent.yaml`;

/** A connection sheet (연계 안내서) for an agency with an agent beside its board. */
export function toAgentSheet(facts: AgentFacts): ConnectionSheet {
  const { agency, baseUrl, token, expiresAt } = facts;
  const secrets = listSecretReferences(agency.board?.settings);
  return {
    ko: `설치형 모듈 안내서: ${agency.name.ko}`,
    en: `How ${agency.name.en ?? agency.code} installs the agent`,
    sections: [
      {
        ko: '게시판 옆 서버에서 이 명령 하나를 실행하십시오',
        en: 'Run this one command beside the board',
        rows: [],
        code: toInstallCommand(facts),
      },
      {
        ko: '등록',
        en: 'Enrolment',
        rows: [
          row(['기관 코드', 'Agency code'], agency.code),
          row(['허브', 'Hub'], baseUrl),
          row(['등록 토큰 (한 번만 사용)', 'Enrolment token (works once)'], token, true),
          row(['토큰 만료', 'Token ends'], toSeoulDay(expiresAt)),
          ...(secrets.length > 0
            ? [row(['서버에 둘 비밀', 'Secrets to keep on that server'], secrets.join(', '))]
            : []),
        ],
      },
    ],
    notes: [
      {
        ko: '필요한 것: Node.js 24, curl, tar. 허브로 나가는 HTTPS(443)만 열려 있으면 되고, 들어오는 연결은 없습니다.',
        en: 'It needs Node.js 24, curl and tar, and HTTPS going out to the hub; nothing comes in.',
      },
      {
        ko: '명령은 허브의 설정이 이 서버에서 쓰려는 게시판 종류, 접속할 곳, 비밀, 폴더를 보여 주고 허용할지 묻습니다. 답은 agent.yaml의 allow에 적히며, 허브는 이를 넓힐 수 없습니다.',
        en: "The command shows which kind of board, hosts, secrets and folders the hub's configuration wants to use there, and asks. The answer stands in agent.yaml below `allow`; the hub cannot widen it.",
      },
      {
        ko: '게시판 접속 비밀은 허브에 두지 않습니다. 위에 적힌 이름의 환경 변수나 파일로 이 서버에만 두십시오.',
        en: "The board's secrets never come to the hub: keep them on that server, under the names above.",
      },
      {
        ko: '새 토큰을 만들면 이 토큰은 쓸 수 없습니다. 다시 등록하면 먼저 설치한 모듈의 키는 폐기됩니다.',
        en: 'A new token makes this one void. Enrolling again revokes the keys of the agent before.',
      },
    ],
  };
}
