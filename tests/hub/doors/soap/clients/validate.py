"""Validates the content of a SOAP body with libxml2, which takes XML Schema at its word: validate.py hub.xsd < envelope"""
import sys
from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
body = etree.parse(sys.stdin.buffer).getroot().find("{http://schemas.xmlsoap.org/soap/envelope/}Body")
document = etree.ElementTree(etree.fromstring(etree.tostring(body[0])))
schema.validate(document)
for error in schema.error_log:
    print(error.line, error.message)
