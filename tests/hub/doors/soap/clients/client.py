"""A client that is not ours: zeep at the SOAP door. Prints one JSON document."""
import datetime
import json
import sys

import requests
from lxml import etree
from zeep import Client, Settings, Transport
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.wsse.username import UsernameToken

wsdl, version, alpha_key, beta_key = sys.argv[1:5]


def connect(wsse=None, session=None):
    client = Client(wsdl, wsse=wsse, transport=Transport(session=session, timeout=20), settings=Settings(strict=True))
    return client.bind('MinwonHub', 'HubSoap12' if version == '1.2' else 'HubSoap11')


def to_plain(node):
    if len(node) == 0:
        return node.text
    children = {}
    for child in node:
        name = etree.QName(child).localname
        value = to_plain(child)
        children[name] = [*children[name], value] if name in children else [value] if name == 'problems' else value
    return children


def refused(work):
    try:
        work()
        return {}
    except Fault as fault:
        detail = fault.detail
        return {'code': fault.code, 'reason': fault.message, 'detail': None if detail is None else to_plain(detail)}


content = {
    'title': '수출 신고 문의',
    'body': '첫째 줄 <b>&amp;</b> 뷁\r\n둘째 줄',
    'kind': 'query',
    'category': '수출',
    'complainant': {'name': '김민원', 'phone': '+821012345678', 'notifyBy': 'sms'},
    'filedAt': datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=9))),
    'attachments': [{'name': '신고서.pdf', 'size': 1234}],
}
bearer = requests.Session()
bearer.headers['Authorization'] = f'Bearer {beta_key}'
alpha = connect(UsernameToken('alpha', alpha_key))
beta = connect(session=bearer)
identifier = f'zeep-{version}'

first = alpha.RegisterComplaint(externalId=identifier, content=content)
again = alpha.RegisterComplaint(externalId=identifier, content=content)
number = first.receiptNumber
answer = beta.AddAnswer(number, {'interim': False, 'text': '답변', 'officer': {'name': '이담당'}})
follow_up = alpha.AddFollowUp(number, {'text': '추가 질의'})
stranger = connect(UsernameToken('beta', alpha_key))
digest = connect(UsernameToken('alpha', alpha_key, use_digest=True))
wrong = {**content, 'complainant': {'name': '김', 'phone': '010'}}
print(json.dumps(serialize_object({
    'first': first,
    'again': again,
    'answer': answer,
    'followUp': follow_up,
    'complaint': beta.GetComplaint(number),
    'invalid': refused(lambda: alpha.RegisterComplaint(externalId='x', content=wrong)),
    'unknown': refused(lambda: alpha.GetComplaint('26-0000-0001-9')),
    'stranger': refused(lambda: stranger.GetComplaint(number)),
    'digest': refused(lambda: digest.GetComplaint(number)),
}, dict), ensure_ascii=False, default=lambda value: value.isoformat()))
