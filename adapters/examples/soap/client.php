<?php
/**
 * An agency's program at the hub's SOAP door. PHP 8 with the extension soap:
 *
 *   php client.php https://hub.example/soap/v1?wsdl <agency> <signing secret, mws_…>
 *
 * Registers a complaint, answers it, takes the changes for the agency, and shows how the hub refuses.
 */
[, $wsdl, $agency, $secret] = $argv;

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';

/** WS-Security UsernameToken with a digest: the secret itself never travels. A new one for every call. */
function token(string $agency, string $secret): SoapHeader {
    $nonce = random_bytes(16);
    $created = gmdate('Y-m-d\TH:i:s\Z');
    $digest = base64_encode(sha1($nonce . $created . $secret, true));
    $xml = '<w:Security xmlns:w="' . WSS . 'wssecurity-secext-1.0.xsd" xmlns:u="' . WSS . 'wssecurity-utility-1.0.xsd">'
        . '<w:UsernameToken><w:Username>' . $agency . '</w:Username>'
        . '<w:Password Type="' . WSS . 'username-token-profile-1.0#PasswordDigest">' . $digest . '</w:Password>'
        . '<w:Nonce>' . base64_encode($nonce) . '</w:Nonce><u:Created>' . $created . '</u:Created>'
        . '</w:UsernameToken></w:Security>';
    return new SoapHeader(WSS . 'wssecurity-secext-1.0.xsd', 'Security', new SoapVar($xml, XSD_ANYXML), true);
}

$hub = new SoapClient($wsdl, ['features' => SOAP_SINGLE_ELEMENT_ARRAYS, 'connection_timeout' => 10]);
$call = function (string $operation, array $request) use ($hub, $agency, $secret): object {
    $hub->__setSoapHeaders(token($agency, $secret));
    return $hub->__soapCall($operation, [$request]);
};

// Your own id makes it harmless to send the same again after a lost reply.
$registration = [
    'externalId' => 'php-' . gmdate('YmdHis'),
    'content' => [
        'title' => '수출 신고 문의',
        'body' => '신고 절차를 알려 주십시오.',
        'kind' => 'query',
        'category' => '수출',
        'complainant' => ['name' => '김민원', 'phone' => '+821012345678', 'notifyBy' => 'sms'],
        'filedAt' => date(DATE_ATOM),
    ],
];
$receipt = $call('RegisterComplaint', $registration)->receipt;
echo "registered: $receipt->receiptNumber ($receipt->outcome)\n";

$answer = ['text' => '신고서를 내십시오.', 'officer' => ['department' => '수출과', 'name' => '이담당', 'contact' => '02-000-0000']];
$answered = $call('AddAnswer', ['receiptNumber' => $receipt->receiptNumber, 'answer' => $answer])->receipt;
echo "answered: event $answered->lastSeq\n";

// What the agency does not hold yet, in order. Store it durably, then acknowledge; ask again while there is more.
do {
    $result = $call('FetchChanges', ['request' => ['limit' => 100, 'wait' => 0]])->result;
    foreach ($result->changes ?? [] as $change) {
        echo "change: {$change->receiptNumber} {$change->event->type}\n";
    }
    $call('AcknowledgeChanges', ['acknowledgement' => ['upTo' => $result->cursor]]);
} while ($result->more);

try {
    $registration['content']['complainant']['phone'] = '010-1234-5678';
    $call('RegisterComplaint', ['externalId' => 'wrong'] + $registration);
} catch (SoapFault $fault) {
    // The codes are those of the REST door; problems name each field. A list of one arrives as the element itself.
    $refusal = $fault->detail->refusal;
    $problems = is_array($refusal->problems) ? $refusal->problems : [$refusal->problems];
    foreach ($problems as $problem) {
        echo "refused: $refusal->code $problem->field\n";
    }
}
