using System;
using System.Net;
using System.Web.Services.Protocols;
using System.Xml;

/// <summary>
/// An agency's program at the hub's SOAP door. .NET Framework or Mono:
///
///   wsdl /out:Hub.cs https://hub.example/soap/v1?wsdl       makes the class MinwonHub; no hand edits
///   csc /r:System.Web.Services.dll Client.cs Hub.cs
///   Client https://hub.example/soap/v1 &lt;agency> &lt;key, mwk_…>
///
/// On .NET 6 and newer dotnet-svcutil makes HubClient with the same types.
/// Registers a complaint, answers it, takes the changes for the agency, and shows how the hub refuses.
/// </summary>
public static class Client
{
    public static void Main(string[] arguments)
    {
        // HTTP Basic with the agency's code and its key: over https only.
        var hub = new MinwonHub
        {
            Url = arguments[0],
            Credentials = new NetworkCredential(arguments[1], arguments[2]),
            PreAuthenticate = true,
        };

        // Your own id makes it harmless to send the same again after a lost reply.
        var id = "dotnet-" + DateTime.UtcNow.Ticks;
        var receipt = hub.RegisterComplaint(id, Describe("+821012345678"), null);
        Console.WriteLine("registered: {0} ({1})", receipt.receiptNumber, receipt.outcome);

        var answer = new Answer
        {
            text = "신고서를 내십시오.",
            officer = new Officer { department = "수출과", name = "이담당", contact = "02-000-0000" },
        };
        var answered = hub.AddAnswer(receipt.receiptNumber, answer, 0, false, null);
        Console.WriteLine("answered: event {0}", answered.lastSeq);

        // What the agency does not hold yet, in order. Store it durably, then acknowledge; ask again while there is more.
        Changes result;
        do
        {
            result = hub.FetchChanges(new ChangesRequest { limit = 100, limitSpecified = true });
            foreach (var change in result.changes ?? new AgencyChange[0])
                Console.WriteLine("change: {0} {1}", change.receiptNumber, change.@event.type);
            hub.AcknowledgeChanges(new Acknowledgement { upTo = result.cursor });
        } while (result.more);

        try
        {
            hub.RegisterComplaint("wrong", Describe("010-1234-5678"), null);
        }
        catch (SoapException fault)
        {
            // The codes are those of the REST door; problems name each field.
            var names = new XmlNamespaceManager(new NameTable());
            names.AddNamespace("hub", "urn:minwon-hub:v1");
            var code = fault.Detail.SelectSingleNode(".//hub:code", names).InnerText;
            foreach (XmlNode field in fault.Detail.SelectNodes(".//hub:field", names))
                Console.WriteLine("refused: {0} {1}", code, field.InnerText);
        }
    }

    private static ComplaintContent Describe(string phone)
    {
        return new ComplaintContent
        {
            title = "수출 신고 문의",
            body = "신고 절차를 알려 주십시오.",
            kind = ComplaintKind.query,
            category = "수출",
            complainant = new Complainant { name = "김민원", phone = phone, notifyBy = Channel.sms, notifyBySpecified = true },
            filedAt = DateTime.Now,
        };
    }
}
