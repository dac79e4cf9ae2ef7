// A board of gSOAP's that takes and gives out files by MTOM. Prints a line when it listens.
#include "soapH.h"
#include "FileBoard.nsmap"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned char *kept;
static int size;

int b__putFile(struct soap *soap, char *name, struct xsd__base64Binary content, struct b__putFileResponse *out) {
  if (strcmp(name, "refuse.pdf") == 0) return soap_sender_fault(soap, "이 파일은 받지 않습니다", NULL);
  free(kept);
  size = content.__size;
  kept = malloc(size);
  memcpy(kept, content.__ptr, size);
  out->fileId = soap_malloc(soap, 200);
  snprintf(out->fileId, 200, "%s %d %s", name, size, content.type ? content.type : "base64");
  return SOAP_OK;
}

int b__getFile(struct soap *soap, char *fileId, struct b__getFileResponse *out) {
  if (strcmp(fileId, "none") == 0) return soap_sender_fault(soap, "없는 파일입니다", NULL);
  out->name = fileId;
  out->content.__ptr = kept;
  out->content.__size = size;
  // A file with a type goes beside the envelope.
  out->content.type = strcmp(fileId, "base64") == 0 ? NULL : "application/pdf";
  if (out->content.type) soap_set_omode(soap, SOAP_ENC_MTOM);
  else soap_clr_omode(soap, SOAP_ENC_MTOM);
  return SOAP_OK;
}

int main(int count, char **given) {
  struct soap *soap = soap_new1(SOAP_C_UTFSTRING);
  soap->recv_timeout = soap->send_timeout = 20;
  soap->accept_timeout = 120;
  if (!soap_valid_socket(soap_bind(soap, "127.0.0.1", count > 1 ? atoi(given[1]) : 0, 10))) return 1;
  printf("listening\n");
  fflush(stdout);
  while (soap_valid_socket(soap_accept(soap))) {
    soap_serve(soap);
    soap_destroy(soap);
    soap_end(soap);
  }
  return 0;
}
