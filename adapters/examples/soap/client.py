"""An agency's program at the hub's SOAP door. Python 3 with zeep (pip install zeep):

    python3 client.py https://hub.example/soap/v1?wsdl <agency> <signing secret, mws_…>

Registers a complaint, answers it, takes the changes for the agency, and shows how the hub refuses.
"""
import datetime
import sys

from zeep import Client
from zeep.exceptions import Fault
from zeep.wsse.username import UsernameToken

wsdl, agency, secret = sys.argv[1:4]
# WS-Security UsernameToken with a digest: the secret itself never travels.
hub = Client(wsdl, wsse=UsernameToken(agency, secret, use_digest=True)).service

now = datetime.datetime.now().astimezone().replace(microsecond=0)
content = {
    'title': '수출 신고 문의',
    'body': '신고 절차를 알려 주십시오.',
    'kind': 'query',
    'category': '수출',
    'complainant': {'name': '김민원', 'phone': '+821012345678', 'notifyBy': 'sms'},
    'filedAt': now,
}
# Your own id makes it harmless to send the same again after a lost reply.
receipt = hub.RegisterComplaint(externalId=f'python-{now:%Y%m%d%H%M%S}', content=content)
print(f'registered: {receipt.receiptNumber} ({receipt.outcome})')

officer = {'department': '수출과', 'name': '이담당', 'contact': '02-000-0000'}
answered = hub.AddAnswer(receipt.receiptNumber, {'text': '신고서를 내십시오.', 'officer': officer})
print(f'answered: event {answered.lastSeq}')

# What the agency does not hold yet, in order. Store it durably, then acknowledge; ask again while there is more.
more = True
while more:
    result = hub.FetchChanges({'limit': 100, 'wait': 0})
    for change in result.changes:
        print(f'change: {change.receiptNumber} {change.event.type}')
    hub.AcknowledgeChanges({'upTo': result.cursor})
    more = result.more

try:
    wrong = {**content, 'complainant': {'name': '김민원', 'phone': '010-1234-5678'}}
    hub.RegisterComplaint(externalId='wrong', content=wrong)
except Fault as fault:
    # The codes are those of the REST door; problems name each field.
    names = {'hub': 'urn:minwon-hub:v1'}
    code = fault.detail.findtext('.//hub:code', namespaces=names)
    for field in fault.detail.iterfind('.//hub:field', names):
        print(f'refused: {code} {field.text}')
