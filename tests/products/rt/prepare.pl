# What an administrator of RT sets up (adapters/rest/products/README.md): a queue with two fields, an account of the hub's
# own, and people: an officer, two citizens.
use strict;
use warnings;
use utf8;
use open ':std', ':encoding(UTF-8)';
use lib '/usr/share/request-tracker5/lib';
use RT -init;

sub must { my ($ok, $said) = @_; die "$said\n" unless $ok; return $ok }

my $system = RT->SystemUser;
my $queue  = RT::Queue->new($system);
must($queue->Create(Name => '민원'));
my %people = (hub => [1, '연계'], kim => [1, '김담당'], hong => [0, '홍길동'], park => [0, '박지나']);
for my $login (sort keys %people) {
    my ($privileged, $name) = @{ $people{$login} };
    must(RT::User->new($system)->Create(
        Name => $login, RealName => $name, EmailAddress => "$login\@site.example",
        Password => "password-$login", Privileged => $privileged,
    ));
}
sub principal { my $user = RT::User->new($system); $user->Load($_[0]); return $user->PrincipalObj }
sub grant { my ($to, $object, @rights) = @_; must($to->GrantRight(Right => $_, Object => $object)) for @rights }

grant(principal('hub'), $queue, qw(SeeQueue ShowTicket CreateTicket ReplyToTicket ModifyTicket));
grant(principal('kim'), $queue,
    qw(SeeQueue ShowTicket ShowTicketComments CreateTicket ReplyToTicket CommentOnTicket ModifyTicket OwnTicket));
my $everyone = RT::Group->new($system);
$everyone->LoadSystemInternalGroup('Everyone');
grant($everyone->PrincipalObj, $queue, qw(SeeQueue CreateTicket ReplyToTicket ShowTicket));
for my $name ('접수번호', '연계키') {
    my $field = RT::CustomField->new($system);
    must($field->Create(Name => $name, Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket'));
    must($field->AddToObject($queue));
    grant(principal('hub'), $field, qw(SeeCustomField ModifyCustomField));
}
