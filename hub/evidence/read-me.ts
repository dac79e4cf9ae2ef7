/** What a person finds in a bundle beside the records: how to verify it with and without the hub. */
export const readMe = `민원 증거 묶음 (minwon-hub evidence bundle)

summary.pdf    사람이 읽는 요약
records.json   모든 기록: 민원, 처리 이력, 기관에 보낸 시도, 알림과 영수, 첨부 파일의 지문, 누가 보았는지
files/         첨부 파일(넣기로 한 경우)
manifest.json  위 모든 것의 SHA-256 (RFC 8785)
signature.json 목록의 서명(Ed25519), 인증서, 시점확인(RFC 3161)

확인하는 방법: 기관에서 받은 확인 페이지(minwon-evidence-verifier.html)를 브라우저로 열고 이 ZIP 파일을 고르십시오. 인터넷은 필요 없습니다.
서명 열쇠의 지문이 기관이 알려 준 것과 같은지 반드시 견주십시오. 압축을 풀어 다시 묶은 파일은 확인되지 않습니다.

To verify it: open minwon-evidence-verifier.html, which the agency gives you, in a browser, and choose this ZIP file. It needs no
network. Compare the fingerprint of the key with the one that the agency told you. A file that was unpacked and packed again is not
verified. On a command line: hub evidence verify FILE. Without any program of the hub, the manifest's signature is verified by

  python3 -c "import json,base64;s=json.load(open('signature.json'));[open(f,'wb').write(base64.b64decode(s[n])) for f,n in (('certificate.der','certificate'),('manifest.sig','signature'))]"
  openssl x509 -inform der -in certificate.der -noout -pubkey > key.pem
  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile manifest.sig
`;
