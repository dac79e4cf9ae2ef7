# A client that is not ours: SOAP::Lite, which writes what is not defined as xsi:nil. Prints one JSON document.
use strict;
use warnings;
use utf8;
use JSON::PP;
use MIME::Base64 qw(encode_base64);
use SOAP::Lite;

my ($url, $version, $key, $id) = @ARGV;
my $hub = SOAP::Lite->new(proxy => [$url, timeout => 20], uri => 'urn:minwon-hub:v1');
# It takes the version twice: for what it reads, and for what it writes.
$hub->soapversion($version);
$hub->serializer->soapversion($version);
$hub->autotype(0);
$hub->on_action(sub { join ':', @_ });
$hub->transport->default_header(Authorization => "Bearer $key");
# Perl's strings are what SOAP::Lite writes as they are.
$hub->serializer->encoding('UTF-8');

sub named { SOAP::Data->name(@_) }
sub inside { my $name = shift; named($name => \SOAP::Data->value(@_)) }

sub call {
  my ($operation, @fields) = @_;
  my $reply = $hub->call(SOAP::Data->name($operation)->attr({ xmlns => 'urn:minwon-hub:v1' }) => @fields);
  return { code => ($reply->valueof('//refusal'))[0]{code} } if $reply->fault;
  return $reply->result;
}

my $content = inside(content =>
  named(title => '수출 문의'), named(body => '내용'), named(kind => 'query'), named(category => '수출'),
  named(region => undef),
  inside(complainant => named(name => '김민원'), named(company => undef), named(email => undef), named(phone => undef)),
  named(filedAt => '2026-11-20T09:30:00+09:00'));
my $receipt = call('RegisterComplaint', named(externalId => $id), $content, named(idempotencyKey => undef));
my $number = $receipt->{receiptNumber};
my $data = "%PDF-1.7\n" . join '', map { chr } 0 .. 255;
my $upload = call('PutAttachment', named(name => 'a.pdf'), named(mediaType => undef),
  named(content => encode_base64($data)), named(sha256 => undef));
my $followed = call('AddFollowUp', named(receiptNumber => $number),
  inside(followUp => named(text => '추가'), named(writtenAt => undef)), named(expectedSeq => undef),
  named(idempotencyKey => undef));
my $found = call('SearchComplaints', inside(search => named(text => $number), named(status => undef), named(after => undef)));
my $ledger = call('GetLedger', named(from => undef), named(to => undef));
my $empty = call('GetLedger');
my $wrong = call('GetComplaint', named(receiptNumber => undef));
print JSON::PP->new->utf8->encode({
  outcome => $receipt->{outcome}, size => $upload->{size}, followed => $followed->{outcome},
  found => $found->{complaints}{receiptNumber} eq $number ? 1 : 0, balanced => $ledger->{balanced},
  empty => $empty->{balanced}, wrong => $wrong->{code},
}), "\n";
