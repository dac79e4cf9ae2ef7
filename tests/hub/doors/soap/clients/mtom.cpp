// A client that is not ours: gSOAP with MTOM, a file there and back. Prints one JSON document.
#include "generated.h"

#include <iostream>
#include <string>

using std::string;

struct Agency : PROXY {
  const char *user;
  const char *key;
  Agency(const char *endpoint, const char *user, const char *key)
      : PROXY(endpoint, SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE | SOAP_ENC_MTOM), user(user), key(key) {
    soap->recv_timeout = soap->send_timeout = 20;
  }
  Agency &as() {
    soap->userid = user;
    soap->passwd = key;
    return *this;
  }
  void must(int result) {
    if (result == SOAP_OK) return;
    soap_print_fault(stderr);
    exit(1);
  }
};

int main(int, char **given) {
  Agency alpha(given[1], "alpha", given[2]);
  string data = "%PDF-1.7\n";
  while (data.size() < 3000000) data += static_cast<char>(data.size() * 7);

  ns1__PutAttachment put;
  ns1__PutAttachmentResponse kept;
  put.name = "영수증.pdf";
  put.content.__ptr = reinterpret_cast<unsigned char *>(&data[0]);
  put.content.__size = static_cast<int>(data.size());
  // A file with a type goes beside the envelope.
  put.content.type = const_cast<char *>("application/pdf");
  alpha.must(alpha.as().PutAttachment(&put, kept));

  ns1__Complainant complainant;
  complainant.name = "김민원";
  ns1__AttachmentReference reference;
  string fileId = kept.upload->id;
  reference.id = &fileId;
  reference.name = kept.upload->name;
  ns1__ComplaintContent content;
  content.title = "수출 신고 문의";
  content.body = "내용";
  content.kind = ns1__ComplaintKind__query;
  content.complainant = &complainant;
  content.filedAt = 1795134600;
  content.attachments.push_back(&reference);
  ns1__RegisterComplaint enrol;
  ns1__RegisterComplaintResponse enrolled;
  enrol.externalId = given[3];
  enrol.content = &content;
  alpha.must(alpha.as().RegisterComplaint(&enrol, enrolled));

  ns1__ListAttachments which;
  ns1__ListAttachmentsResponse files;
  which.receiptNumber = enrolled.receipt->receiptNumber;
  alpha.must(alpha.as().ListAttachments(&which, files));
  ns1__GetAttachment fetch;
  ns1__GetAttachmentResponse fetched;
  fetch.receiptNumber = which.receiptNumber;
  fetch.id = files.attachments[0]->id;
  // gSOAP sends a call without a file as text, so it says that it reads XOP.
  alpha.soap->http_extra_header = "Accept: multipart/related, application/xop+xml, text/xml";
  alpha.must(alpha.as().GetAttachment(&fetch, fetched));
  const xsd__base64Binary &got = fetched.attachment->content;
  const string same(reinterpret_cast<const char *>(got.__ptr), got.__size);
  std::cout << "{\"sent\":" << kept.upload->size << ",\"same\":" << (same == data ? "true" : "false") << "}\n";
  return 0;
}
