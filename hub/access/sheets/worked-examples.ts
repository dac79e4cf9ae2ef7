/** A worked example, filled in for one agency. */
export interface WorkedExample {
  name: string;
  code: string;
}

/**
 * Examples with the hub's address and the agency's code, ready to run. `key`: the key itself where it is just being shown,
 * or else what stands in its place. `secret`: the signing secret, which is the password of WS-Security.
 */
export function toWorkedExamples(facts: {
  agency: string;
  baseUrl: string;
  key: string;
  secret: string;
}): WorkedExample[] {
  const { agency, baseUrl, key, secret } = facts;
  return [
    {
      name: 'curl',
      code: `# 연결 시험 / try the connection
curl -sS -X POST ${baseUrl}/api/v1/self-test \\
  -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\
  -d "{\\"text\\": \\"민원 연계 시험 뷁 😀 ABC\\", \\"time\\": \\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\\"}"

# 우리 민원 조회 / our complaints
curl -sS '${baseUrl}/api/v1/complaints?assignee=${agency}' -H 'authorization: Bearer ${key}'

# 실패한 호출 / calls that failed
curl -sS '${baseUrl}/api/v1/self/calls?failed=true' -H 'authorization: Bearer ${key}'`,
    },
    {
      name: 'PHP (MinwonHub.php)',
      code: `<?php
require __DIR__ . '/MinwonHub.php';

$hub = new MinwonHub\\Client(['url' => '${baseUrl}', 'key' => '${key}']);
print_r($hub->selfTest());
foreach ($hub->searchComplaints(['assignee' => '${agency}']) as $complaint) {
    echo $complaint['receiptNumber'], ' ', $complaint['title'], PHP_EOL;
}`,
    },
    {
      name: 'Python (zeep, SOAP)',
      code: `from zeep import Client
from zeep.wsse.username import UsernameToken

client = Client(
    "${baseUrl}/soap/v1?wsdl",
    wsse=UsernameToken("${agency}", "${secret}", use_digest=True),
)
print(client.service.SearchComplaints(assignee="${agency}"))`,
    },
  ];
}
