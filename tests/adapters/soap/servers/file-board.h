// A board of gSOAP's: two operations with files. soapcpp2 makes the server and the WSDL of it.
//gsoap b service name: FileBoard
//gsoap b service namespace: urn:files
//gsoap b service style: document
//gsoap b service encoding: literal
//gsoap b service location: http://127.0.0.1:1/

/// The fields by which gSOAP knows a file that may come beside the envelope.
struct xsd__base64Binary {
  unsigned char *__ptr;
  int __size;
  char *id;
  char *type;
  char *options;
};

/// Takes a file. Its id tells what came.
int b__putFile(char *name, struct xsd__base64Binary content, struct b__putFileResponse { char *fileId; } *out);

/// Gives the last file out.
int b__getFile(char *fileId, struct b__getFileResponse { char *name; struct xsd__base64Binary content; } *out);
