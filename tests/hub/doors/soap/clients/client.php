<?php
// A client that is not ours: PHP's SoapClient at the SOAP door. Prints one JSON document.
[, $wsdl, $version, $alphaKey, $betaKey] = $argv;

function connect(string $wsdl, string $version, array $options = []): SoapClient {
    return new SoapClient($wsdl, $options + [
        'cache_wsdl' => WSDL_CACHE_NONE,
        'soap_version' => $version === '1.2' ? SOAP_1_2 : SOAP_1_1,
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
        'exceptions' => true,
    ]);
}

function token(string $user, string $key): SoapHeader {
    $wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
    $xml = "<wsse:Security xmlns:wsse=\"$wsse\"><wsse:UsernameToken><wsse:Username>$user</wsse:Username>"
        . "<wsse:Password>$key</wsse:Password></wsse:UsernameToken></wsse:Security>";
    return new SoapHeader($wsse, 'Security', new SoapVar($xml, XSD_ANYXML), true);
}

function refused(callable $work): array {
    try {
        $work();
        return [];
    } catch (SoapFault $fault) {
        return ['code' => $fault->faultcode, 'reason' => $fault->faultstring, 'detail' => $fault->detail ?? null];
    }
}

$content = [
    'title' => '수출 신고 문의',
    'body' => "첫째 줄 <b>&amp;</b> 뷁\r\n둘째 줄",
    'kind' => 'query',
    'category' => '수출',
    'complainant' => ['name' => '김민원', 'phone' => '+821012345678', 'notifyBy' => 'sms'],
    'filedAt' => '2026-11-20T09:30:00+09:00',
    'attachments' => [
        ['name' => '신고서.pdf', 'size' => 1234],
    ],
];
$alpha = connect($wsdl, $version);
$alpha->__setSoapHeaders(token('alpha', $alphaKey));
$beta = connect($wsdl, $version, ['login' => 'beta', 'password' => $betaKey]);
$id = "php-$version";

$first = $alpha->RegisterComplaint(['externalId' => $id, 'content' => $content]);
$again = $alpha->RegisterComplaint(['externalId' => $id, 'content' => $content]);
$number = ['receiptNumber' => $first->receiptNumber];
$answer = $beta->AddAnswer($number + ['answer' => ['interim' => false, 'text' => '답변', 'officer' => ['name' => '이담당']]]);
$followUp = $alpha->AddFollowUp($number + ['followUp' => ['text' => '추가 질의']]);
$stranger = connect($wsdl, $version);
$stranger->__setSoapHeaders(token('beta', $alphaKey));
echo json_encode([
    'first' => $first,
    'again' => $again,
    'answer' => $answer,
    'followUp' => $followUp,
    'complaint' => $beta->GetComplaint($number)->complaint,
    'invalid' => refused(fn () => $alpha->RegisterComplaint([
        'externalId' => 'x',
        'content' => ['complainant' => ['name' => '김', 'phone' => '010']] + $content,
    ])),
    'unknown' => refused(fn () => $alpha->GetComplaint(['receiptNumber' => '26-0000-0001-9'])),
    'stranger' => refused(fn () => $stranger->GetComplaint($number)),
], JSON_UNESCAPED_UNICODE);
