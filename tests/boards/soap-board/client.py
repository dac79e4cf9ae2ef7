"""A client that is not ours: zeep against the sample board. Prints one JSON document."""
import json
import sys

from zeep import Client
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.wsse.username import UsernameToken

wsdl, user, password = sys.argv[1:4]
client = Client(wsdl, wsse=UsernameToken(user, password, use_digest=True))
service = client.service


def fault(work):
    try:
        work()
        return None
    except Fault as caught:
        return caught.code


post = {
    'LINK_KEY': 'foreign-1',
    'CVPL_SJ': '다른 도구의 제목',
    'CVPL_CN': '첫째 & <줄>\r\n둘째',
    'APLCNT_NM': '김',
}
first = service.insertCvpl(**post)
again = service.insertCvpl(**post)
stranger = Client(wsdl, wsse=UsernameToken(user, 'wrong', use_digest=True))
nonce = UsernameToken(user, password, use_digest=True, nonce='AAAAAAAAAAAAAAAAAAAAAA==')
replaying = Client(wsdl, wsse=nonce)
replaying.service.selectByLinkKey(LINK_KEY='foreign-1')
print(json.dumps(serialize_object({
    'first': first,
    'again': again,
    'missing': service.insertCvpl(CVPL_SJ='x', CVPL_CN='', APLCNT_NM='김'),
    'detail': service.selectCvplDetail(CVPL_NO=first.CVPL_NO).cvpl,
    'list': service.selectCvplList(PAGE_NO='1', PAGE_SIZE='10'),
    'wrongPassword': fault(lambda: stranger.service.selectCvplList()),
    'replayed': fault(lambda: replaying.service.selectByLinkKey(LINK_KEY='foreign-1')),
}, dict), ensure_ascii=False))
