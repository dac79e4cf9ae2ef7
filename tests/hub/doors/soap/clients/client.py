"""A client that is not ours: zeep at the SOAP door, every operation. Prints one JSON document."""
import datetime
import hashlib
import json
import sys

import requests
from zeep import Client, Settings, Transport
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.wsse.username import UsernameToken

wsdl, version, alpha_key, beta_key, alpha_secret, certificate = sys.argv[1:7]


def connect(wsse=None, bearer=None):
    session = requests.Session()
    if bearer:
        session.headers['Authorization'] = f'Bearer {bearer}'
    suffix = '12' if version == '1.2' else ''
    transport = Transport(session=session, timeout=20)
    client = Client(wsdl + suffix, wsse=wsse, transport=transport, settings=Settings(strict=True))
    return client.bind('MinwonHub', 'HubSoap12' if version == '1.2' else 'HubSoap11')


def refused(work):
    try:
        work()
        return {}
    except Fault as fault:
        names = {'n': 'urn:minwon-hub:v1'}
        return {
            'fault': fault.code,
            'reason': fault.message,
            'code': fault.detail.findtext('.//n:code', None, names),
            'fields': [field.text for field in fault.detail.iterfind('.//n:field', names)],
        }


content = {
    'title': '수출 신고 문의',
    'body': '첫째 줄 <b>&amp;</b> 뷁\r\n둘째 줄',
    'kind': 'query',
    'category': '수출',
    'complainant': {'name': '김민원', 'phone': '+821012345678', 'notifyBy': 'sms'},
    'filedAt': datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=9))),
    'attachments': [{'name': '신고서.pdf', 'size': 1234}],
}
alpha = connect(UsernameToken('alpha', alpha_key))
beta = connect(bearer=beta_key)
identifier = f'zeep-{version}'


def register(which):
    return alpha.RegisterComplaint(externalId=f'{identifier}-{which}', content=content)


first = register('first')
number = first.receiptNumber
out = {'first': first, 'again': register('first')}
changed = {**content, 'title': '수출 신고 재문의'}
for name in ('updated', 'updatedAgain'):
    out[name] = alpha.UpdateComplaint(number, changed, idempotencyKey=f'{identifier}-key')
changes = beta.FetchChanges({'limit': 500})
mine = [one for one in changes.changes if one.receiptNumber == number]
out['changes'] = [one.event.type for one in mine]
out['role'] = mine[0].role
out['outstanding'] = beta.AcknowledgeChanges({'upTo': changes.cursor}).outstanding
out['status'] = beta.ChangeStatus(number, 'in_progress')
out['interim'] = beta.AddInterimAnswer(number, {'text': '확인 중입니다.'})
out['answer'] = beta.AddAnswer(number, {'interim': False, 'text': '답변', 'officer': {'name': '이담당'}})
out['followUp'] = alpha.AddFollowUp(number, {'text': '추가 질의'})
out['complaint'] = beta.GetComplaint(number)
out['events'] = [one.type for one in beta.ListEvents(number)]
out['found'] = [one.receiptNumber for one in alpha.SearchComplaints({'text': number, 'limit': 5}).complaints]
moved = register('moved').receiptNumber
out['transferred'] = beta.TransferComplaint(moved, {'to': 'gamma', 'reason': '소관이 다릅니다.'})
out['assignee'] = alpha.GetComplaint(moved).assignee
withdrawn = register('withdrawn').receiptNumber
out['withdrawn'] = alpha.WithdrawComplaint(withdrawn, {})
out['ended'] = alpha.GetComplaint(withdrawn).status
now = datetime.datetime.now(datetime.timezone.utc)
stepped = alpha.RegisterComplaint(externalId=f'{identifier}-stepped', content={**content, 'filedAt': now}).receiptNumber
out['unlawful'] = refused(lambda: beta.TakeStep(stepped, {'kind': 'extended', 'days': 8, 'reason': '바쁨'}))
until = now + datetime.timedelta(days=30)
out['demanded'] = beta.TakeStep(stepped, {'kind': 'supplement_requested', 'text': '사업자등록증', 'until': until})
clock = beta.GetClock(stepped)
out['clock'] = {
    'phase': clock.phase,
    'total': clock.total,
    'grounds': clock.grounds,
    'steps': [line.step for line in clock.lines],
}
out['supplemented'] = alpha.TakeStep(stepped, {'kind': 'supplemented', 'text': '보냅니다.'})
step = [one.step for one in alpha.ListEvents(stepped) if one.step][0]
out['step'] = {'kind': step.kind, 'text': step.text}
out['byText'] = alpha.GetComplaint(number).receiptNumber
digest = connect(UsernameToken('alpha', alpha_secret, use_digest=True))
out['byDigest'] = digest.GetComplaint(number).receiptNumber
if certificate:
    from zeep.wsse.signature import BinarySignature
    from zeep.wsse.utils import WSU
    import xmlsec

    class Timestamped(BinarySignature):
        """zeep signs a time stamp only when there is one."""

        def apply(self, envelope, headers):
            now = datetime.datetime.now(datetime.timezone.utc)
            stamp = WSU.Timestamp(
                WSU.Created(now.strftime('%Y-%m-%dT%H:%M:%SZ')),
                WSU.Expires((now + datetime.timedelta(minutes=1)).strftime('%Y-%m-%dT%H:%M:%SZ')),
            )
            from zeep.wsse.utils import get_security_header
            get_security_header(envelope).append(stamp)
            return super().apply(envelope, headers)

        def verify(self, envelope):
            return envelope

    rsa, sha = xmlsec.constants.TransformRsaSha256, xmlsec.constants.TransformSha256
    signer = Timestamped(certificate, certificate, signature_method=rsa, digest_method=sha)
    out['bySignature'] = connect(signer).GetComplaint(number).receiptNumber
stranger = connect(UsernameToken('beta', alpha_key))
wrong = {**content, 'complainant': {'name': '김', 'phone': '010'}}
out['invalid'] = refused(lambda: alpha.RegisterComplaint(externalId='x', content=wrong))
out['unknown'] = refused(lambda: alpha.GetComplaint('26-0000-0001-9'))
out['stranger'] = refused(lambda: stranger.GetComplaint(number))
out['stale'] = refused(lambda: alpha.AddFollowUp(number, {'text': '늦은 질의'}, expectedSeq=1))
data = b'%PDF-1.7\n' + bytes(range(256))
upload = alpha.PutAttachment('영수증.pdf', 'application/pdf', data, hashlib.sha256(data).hexdigest())
alpha.AddFollowUp(number, {'text': '첨부', 'attachments': [{'id': upload.id, 'name': upload.name}]})
held = [one for one in beta.ListAttachments(number) if one.state == 'held'][0]
got = beta.GetAttachment(number, held.id)
out['file'] = {'name': got.name, 'mediaType': got.mediaType, 'size': got.size, 'same': got.content == data}
# zeep asks for any type; told to ask for XOP, it reads the file beside the envelope.
beside = connect(bearer=beta_key)
session, types = beside._client.transport.session, []
session.headers['Accept'] = 'multipart/related, application/xop+xml, text/xml'
session.hooks['response'].append(lambda reply, *_args, **_more: types.append(reply.headers['content-type']))
same = beside.GetAttachment(number, held.id).content == data
out['beside'] = same and types[-1].startswith('multipart/related')
out['damaged'] = refused(lambda: alpha.PutAttachment('영수증.pdf', content=data, sha256='0' * 64))
out['noFile'] = refused(lambda: beta.GetAttachment(number, 'x'))
print(json.dumps(serialize_object(out, dict), ensure_ascii=False, default=lambda value: value.isoformat()))
