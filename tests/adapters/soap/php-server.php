<?php
// A SOAP server that is not ours: PHP's SoapServer with the sample board's WSDL, behind HTTP Basic.
// Run as router of `php -S`; SOAP_VERSION is 1.1 or 1.2.
if (($_SERVER['PHP_AUTH_USER'] ?? '') !== 'partner' || ($_SERVER['PHP_AUTH_PW'] ?? '') !== 'basic-pass') {
    http_response_code(401);
    exit;
}

class Board {
    public function insertCvpl($request) {
        if ($request->CVPL_SJ === 'fault') {
            throw new SoapFault('Server', '처리 실패');
        }
        if ($request->CVPL_SJ === 'client fault') {
            throw new SoapFault('Client', '잘못된 요청');
        }
        // The reply carries back what was understood, and where the call came in.
        return [
            'resultCode' => '0000',
            'resultMsg' => ($_SERVER['HTTP_SOAPACTION'] ?? '') . ' ' . $_SERVER['CONTENT_TYPE'],
            'CVPL_NO' => $request->CVPL_SJ . '|' . $request->CVPL_CN . '|' . ($request->LINK_KEY ?? ''),
        ];
    }

    public function selectCvplList($request) {
        $post = ['CVPL_NO' => '7', 'CVPL_SJ' => '제목', 'CVPL_CN' => "가\r\n나", 'CVPL_SE' => '2',
            'CTGRY_CODE' => '100', 'APLCNT_NM' => '김', 'STTUS_CODE' => '10',
            'FRST_REGIST_PNTTM' => '20261120093005', 'LAST_UPDT_PNTTM' => '20261120093005'];
        return ['resultCode' => '0000', 'resultMsg' => 'ok', 'totalCnt' => '1', 'cvplList' => [$post]];
    }
}

$version = getenv('SOAP_VERSION') === '1.2' ? SOAP_1_2 : SOAP_1_1;
$server = new SoapServer(getenv('WSDL'), ['soap_version' => $version, 'cache_wsdl' => WSDL_CACHE_NONE]);
$server->setClass('Board');
$server->handle();
