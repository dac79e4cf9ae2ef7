// A client that is not ours: what gSOAP generates from the WSDL, every operation. Prints one JSON document.
#include "generated.h"

#include <functional>
#include <iostream>
#include <string>
#include <vector>

using std::string;

static string json(const string &text) {
  string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else out += c;
  }
  return out + "\"";
}

static bool first = true;
static void say(const string &name, const string &value) {
  std::cout << (first ? "{" : ",") << json(name) << ":" << value;
  first = false;
}

static string list(const std::vector<string> &values) {
  string out;
  for (const string &value : values) out += (out.empty() ? "" : ",") + json(value);
  return "[" + out + "]";
}

static string toJson(const ns1__Receipt *receipt) {
  const bool applied = receipt->outcome == ns1__Outcome__applied;
  return string("{\"outcome\":") + (applied ? "\"applied\"" : "\"duplicate\"") + ",\"id\":" + json(receipt->id) +
         ",\"receiptNumber\":" + json(receipt->receiptNumber) + ",\"lastSeq\":" + std::to_string(receipt->lastSeq) + "}";
}

/** One agency's connection; what does not succeed ends the program. */
struct Agency : PROXY {
  const char *user;
  const char *key;
  Agency(const string &endpoint, const char *user, const char *key)
      : PROXY(endpoint.c_str(), SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE), user(user), key(key) {
    soap->recv_timeout = soap->send_timeout = 20;
  }
  /** gSOAP forgets user and password after each call. */
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
  string refused(int result) {
    if (result == SOAP_OK) return "{}";
    const SOAP_ENV__Detail *detail = soap->version == 2 ? soap->fault->SOAP_ENV__Detail : soap->fault->detail;
    const ns1__Refusal *refusal = detail->ns1__refusal;
    std::vector<string> fields;
    for (const ns1__FieldProblem *problem : refusal->problems) fields.push_back(problem->field);
    return "{\"fault\":" + json(*soap_faultcode(soap)) + ",\"reason\":" + json(*soap_faultstring(soap)) +
           ",\"code\":" + json(refusal->code) + ",\"fields\":" + list(fields) + "}";
  }
};

int main(int count, char **given) {
  if (count < 5) return 2;
  string endpoint = given[1];
  endpoint = endpoint.substr(0, endpoint.find('?'));
  const string version = given[2];
  Agency alpha(endpoint, "alpha", given[3]);
  Agency beta(endpoint, "beta", given[4]);

  ns1__Complainant complainant;
  complainant.name = "김민원";
  string phone = "+821012345678";
  complainant.phone = &phone;
  ns1__Channel channel = ns1__Channel__sms;
  complainant.notifyBy = &channel;
  ns1__AttachmentReference attachment;
  attachment.name = "신고서.pdf";
  LONG64 size = 1234;
  attachment.size = &size;
  string category = "수출";
  ns1__ComplaintContent content;
  content.title = "수출 신고 문의";
  content.body = "첫째 줄 <b>&amp;</b> 뷁\r\n둘째 줄";
  content.kind = ns1__ComplaintKind__query;
  content.category = &category;
  content.complainant = &complainant;
  content.filedAt = 1795134600;  // 2026-11-20T00:30:00Z
  content.attachments.push_back(&attachment);

  auto enrol = [&](const string &which) {
    ns1__RegisterComplaint call;
    ns1__RegisterComplaintResponse reply;
    call.externalId = "gsoap-" + version + "-" + which;
    call.content = &content;
    alpha.must(alpha.as().RegisterComplaint(&call, reply));
    return *reply.receipt;
  };
  ns1__Receipt receipt = enrol("first");
  const string number = receipt.receiptNumber;
  say("first", toJson(&receipt));
  receipt = enrol("first");
  say("again", toJson(&receipt));

  ns1__ComplaintContent other = content;
  other.title = "수출 신고 재문의";
  string key = "gsoap-key-" + version;
  for (const char *name : {"updated", "updatedAgain"}) {
    ns1__UpdateComplaint call;
    ns1__UpdateComplaintResponse reply;
    call.receiptNumber = number;
    call.content = &other;
    call.idempotencyKey = &key;
    alpha.must(alpha.as().UpdateComplaint(&call, reply));
    say(name, toJson(reply.receipt));
  }
  {
    ns1__FetchChanges call;
    ns1__FetchChangesResponse reply;
    ns1__ChangesRequest request;
    LONG64 limit = 500;
    request.limit = &limit;
    call.request = &request;
    beta.must(beta.as().FetchChanges(&call, reply));
    std::vector<string> types;
    for (const ns1__AgencyChange *change : reply.result->changes) {
      if (change->receiptNumber != number) continue;
      types.push_back(change->event->type);
      if (types.size() == 1)
        say("role", change->role == ns1__LinkRole__assignee ? "\"assignee\"" : "\"another\"");
    }
    say("changes", list(types));
    ns1__AcknowledgeChanges acknowledge;
    ns1__AcknowledgeChangesResponse acknowledged;
    ns1__Acknowledgement upTo;
    upTo.upTo = &reply.result->cursor;
    acknowledge.acknowledgement = &upTo;
    beta.must(beta.as().AcknowledgeChanges(&acknowledge, acknowledged));
    say("outstanding", std::to_string(acknowledged.result->outstanding));
  }
  {
    ns1__ChangeStatus call;
    ns1__ChangeStatusResponse reply;
    call.receiptNumber = number;
    call.status = ns1__Status__in_USCOREprogress;
    beta.must(beta.as().ChangeStatus(&call, reply));
    say("status", toJson(reply.receipt));
  }
  {
    ns1__AddInterimAnswer call;
    ns1__AddInterimAnswerResponse reply;
    ns1__InterimAnswer answer;
    answer.text = "확인 중입니다.";
    call.receiptNumber = number;
    call.answer = &answer;
    beta.must(beta.as().AddInterimAnswer(&call, reply));
    say("interim", toJson(reply.receipt));
  }
  {
    ns1__AddAnswer call;
    ns1__AddAnswerResponse reply;
    ns1__Answer answer;
    ns1__Officer officer;
    string name = "이담당";
    bool interim = false;
    officer.name = &name;
    answer.interim = &interim;
    answer.text = "답변";
    answer.officer = &officer;
    call.receiptNumber = number;
    call.answer = &answer;
    beta.must(beta.as().AddAnswer(&call, reply));
    say("answer", toJson(reply.receipt));
  }
  ns1__FollowUp followUp;
  followUp.text = "추가 질의";
  ns1__AddFollowUp add;
  ns1__AddFollowUpResponse added;
  add.receiptNumber = number;
  add.followUp = &followUp;
  alpha.must(alpha.as().AddFollowUp(&add, added));
  say("followUp", toJson(added.receipt));

  auto get = [&](Agency &agency, const string &receiptNumber) {
    ns1__GetComplaint call;
    ns1__GetComplaintResponse reply;
    call.receiptNumber = receiptNumber;
    agency.must(agency.as().GetComplaint(&call, reply));
    return reply.complaint;
  };
  const ns1__Complaint *complaint = get(beta, number);
  const ns1__ComplaintContent *read = complaint->content;
  say("complaint", "{\"receiptNumber\":" + json(complaint->receiptNumber) + ",\"origin\":" + json(complaint->origin) +
                       ",\"assignee\":" + json(complaint->assignee) + ",\"lastSeq\":" +
                       std::to_string(complaint->lastSeq) + ",\"content\":{\"title\":" + json(read->title) +
                       ",\"body\":" + json(read->body) + ",\"complainant\":{\"name\":" +
                       json(read->complainant->name) + ",\"phone\":" + json(*read->complainant->phone) +
                       "},\"attachments\":[{\"name\":" + json(read->attachments.at(0)->name) +
                       ",\"size\":" + std::to_string(*read->attachments.at(0)->size) + "}]}}");
  {
    ns1__ListEvents call;
    ns1__ListEventsResponse reply;
    call.receiptNumber = number;
    beta.must(beta.as().ListEvents(&call, reply));
    std::vector<string> types;
    for (const ns1__AgencyEvent *event : reply.events) types.push_back(event->type);
    say("events", list(types));
  }
  {
    ns1__SearchComplaints call;
    ns1__SearchComplaintsResponse reply;
    ns1__Search search;
    string text = number;
    search.text = &text;
    call.search = &search;
    alpha.must(alpha.as().SearchComplaints(&call, reply));
    std::vector<string> numbers;
    for (const ns1__ComplaintSummary *summary : reply.result->complaints) numbers.push_back(summary->receiptNumber);
    say("found", list(numbers));
  }
  {
    ns1__TransferComplaint call;
    ns1__TransferComplaintResponse reply;
    ns1__Transfer transfer;
    transfer.to = "gamma";
    transfer.reason = "소관이 다릅니다.";
    call.receiptNumber = enrol("moved").receiptNumber;
    call.transfer = &transfer;
    beta.must(beta.as().TransferComplaint(&call, reply));
    say("transferred", toJson(reply.receipt));
    say("assignee", json(get(alpha, call.receiptNumber)->assignee));
  }
  {
    ns1__WithdrawComplaint call;
    ns1__WithdrawComplaintResponse reply;
    ns1__Withdrawal withdrawal;
    call.receiptNumber = enrol("withdrawn").receiptNumber;
    call.withdrawal = &withdrawal;
    alpha.must(alpha.as().WithdrawComplaint(&call, reply));
    say("withdrawn", toJson(reply.receipt));
    say("ended", get(alpha, call.receiptNumber)->status == ns1__Status__withdrawn ? "\"withdrawn\"" : "\"not\"");
  }
  {
    content.filedAt = time(nullptr);
    const string stepped = enrol("stepped").receiptNumber;
    ns1__TakeStep call;
    ns1__TakeStepResponse reply;
    ns1__Step step;
    LONG64 days = 8;
    string reason = "바쁨";
    step.kind = ns1__StepKind__extended;
    step.days = &days;
    step.reason = &reason;
    call.receiptNumber = stepped;
    call.step = &step;
    say("unlawful", beta.refused(beta.as().TakeStep(&call, reply)));
    ns1__Step demand;
    string text = "사업자등록증";
    time_t until = time(nullptr) + 30 * 86400;
    demand.kind = ns1__StepKind__supplement_USCORErequested;
    demand.text = &text;
    demand.until = &until;
    call.step = &demand;
    beta.must(beta.as().TakeStep(&call, reply));
    say("demanded", toJson(reply.receipt));
    ns1__GetClock ask;
    ns1__GetClockResponse told;
    ask.receiptNumber = stepped;
    beta.must(beta.as().GetClock(&ask, told));
    std::vector<string> steps;
    for (const ns1__ClockLine *line : told.clock->lines) steps.push_back(line->step);
    say("clock", "{\"phase\":" + json(told.clock->phase) + ",\"total\":" + std::to_string(told.clock->total) +
                     ",\"grounds\":" + list(told.clock->grounds) + ",\"steps\":" + list(steps) + "}");
    ns1__Step supplement;
    string sent = "보냅니다.";
    supplement.kind = ns1__StepKind__supplemented;
    supplement.text = &sent;
    call.step = &supplement;
    alpha.must(alpha.as().TakeStep(&call, reply));
    say("supplemented", toJson(reply.receipt));
    ns1__ListEvents history;
    ns1__ListEventsResponse events;
    history.receiptNumber = stepped;
    alpha.must(alpha.as().ListEvents(&history, events));
    for (const ns1__AgencyEvent *event : events.events)
      if (event->step && event->step->kind == ns1__StepKind__supplement_USCORErequested)
        say("step", "{\"kind\":\"supplement_requested\",\"text\":" + json(*event->step->text) + "}");
  }
  say("byText", json(get(alpha, number)->receiptNumber));

  ns1__GetComplaint ask;
  ns1__GetComplaintResponse answer;
  ask.receiptNumber = "26-0000-0001-9";
  say("unknown", alpha.refused(alpha.as().GetComplaint(&ask, answer)));
  ask.receiptNumber = number;
  Agency stranger(endpoint, "beta", given[3]);
  say("stranger", stranger.refused(stranger.as().GetComplaint(&ask, answer)));
  LONG64 stale = 1;
  followUp.text = "늦은 질의";
  add.expectedSeq = &stale;
  say("stale", alpha.refused(alpha.as().AddFollowUp(&add, added)));
  ns1__RegisterComplaint wrong;
  ns1__RegisterComplaintResponse never;
  phone = "010";
  wrong.externalId = "x";
  wrong.content = &content;
  say("invalid", alpha.refused(alpha.as().RegisterComplaint(&wrong, never)));

  string data = "%PDF-1.7\n";
  for (int value = 0; value < 256; value++) data += static_cast<char>(value);
  ns1__PutAttachment put;
  ns1__PutAttachmentResponse kept;
  put.name = "영수증.pdf";
  put.content.__ptr = reinterpret_cast<unsigned char *>(&data[0]);
  put.content.__size = static_cast<int>(data.size());
  alpha.must(alpha.as().PutAttachment(&put, kept));
  ns1__AttachmentReference reference;
  string fileId = kept.upload->id;
  reference.id = &fileId;
  reference.name = kept.upload->name;
  followUp.text = "첨부";
  followUp.attachments.push_back(&reference);
  add.expectedSeq = nullptr;
  alpha.must(alpha.as().AddFollowUp(&add, added));
  ns1__ListAttachments which;
  ns1__ListAttachmentsResponse files;
  which.receiptNumber = number;
  beta.must(beta.as().ListAttachments(&which, files));
  ns1__GetAttachment fetch;
  ns1__GetAttachmentResponse fetched;
  fetch.receiptNumber = number;
  for (const ns1__AttachmentSummary *file : files.attachments)
    if (file->state == "held") fetch.id = file->id;
  beta.must(beta.as().GetAttachment(&fetch, fetched));
  const ns1__AttachmentContent *got = fetched.attachment;
  const string same(reinterpret_cast<const char *>(got->content.__ptr), got->content.__size);
  say("file", "{\"name\":" + json(got->name) + ",\"mediaType\":" + json(got->mediaType) + ",\"size\":" +
                  std::to_string(got->size) + ",\"same\":" + (same == data ? "true" : "false") + "}");
  string zeros(64, '0');
  put.sha256 = &zeros;
  say("damaged", alpha.refused(alpha.as().PutAttachment(&put, kept)));
  fetch.id = "x";
  say("noFile", beta.refused(beta.as().GetAttachment(&fetch, fetched)));
  std::cout << "}" << std::endl;
  return 0;
}
