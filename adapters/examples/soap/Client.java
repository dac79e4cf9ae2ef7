import hub.minwon.v1.*;

import jakarta.xml.ws.BindingProvider;

import java.util.GregorianCalendar;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;

/**
 * An agency's program at the hub's SOAP door. JAX-WS 3 or newer (Jakarta); with JAX-WS 2 write javax.xml.ws above.
 *
 *   wsimport -keep https://hub.example/soap/v1?wsdl        makes the package hub.minwon.v1; no hand edits
 *   javac Client.java && java Client https://hub.example/soap/v1 &lt;agency> &lt;key, mwk_…>
 *
 * Registers a complaint, answers it, takes the changes for the agency, and shows how the hub refuses.
 */
public class Client {
    public static void main(String[] arguments) throws Exception {
        Hub hub = connect(arguments[0], arguments[1], arguments[2]);

        // Your own id makes it harmless to send the same again after a lost reply.
        ComplaintContent content = describe("+821012345678");
        Receipt receipt = hub.registerComplaint("java-" + System.currentTimeMillis(), content, null);
        System.out.println("registered: " + receipt.getReceiptNumber() + " (" + receipt.getOutcome().value() + ")");

        Officer officer = new Officer();
        officer.setDepartment("수출과");
        officer.setName("이담당");
        officer.setContact("02-000-0000");
        Answer answer = new Answer();
        answer.setText("신고서를 내십시오.");
        answer.setOfficer(officer);
        Receipt answered = hub.addAnswer(receipt.getReceiptNumber(), answer, null, null);
        System.out.println("answered: event " + answered.getLastSeq());

        // What the agency does not hold yet, in order. Store it durably, then acknowledge; ask again while there is more.
        boolean more = true;
        while (more) {
            ChangesRequest request = new ChangesRequest();
            request.setLimit(100);
            Changes result = hub.fetchChanges(request);
            for (AgencyChange change : result.getChanges())
                System.out.println("change: " + change.getReceiptNumber() + " " + change.getEvent().getType());
            Acknowledgement held = new Acknowledgement();
            held.setUpTo(result.getCursor());
            hub.acknowledgeChanges(held);
            more = result.isMore();
        }

        try {
            hub.registerComplaint("wrong", describe("010-1234-5678"), null);
        } catch (Refusal_Exception refused) {
            // The codes are those of the REST door; problems name each field.
            Refusal refusal = refused.getFaultInfo();
            for (FieldProblem problem : refusal.getProblems())
                System.out.println("refused: " + refusal.getCode() + " " + problem.getField());
        }
    }

    /** HTTP Basic with the agency's code and its key: over https only. */
    private static Hub connect(String address, String agency, String key) {
        Hub hub = new MinwonHub().getHubSoap11();
        var settings = ((BindingProvider) hub).getRequestContext();
        settings.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, address);
        settings.put(BindingProvider.USERNAME_PROPERTY, agency);
        settings.put(BindingProvider.PASSWORD_PROPERTY, key);
        return hub;
    }

    private static ComplaintContent describe(String phone) throws Exception {
        Complainant complainant = new Complainant();
        complainant.setName("김민원");
        complainant.setPhone(phone);
        complainant.setNotifyBy(Channel.SMS);
        ComplaintContent content = new ComplaintContent();
        content.setTitle("수출 신고 문의");
        content.setBody("신고 절차를 알려 주십시오.");
        content.setKind(ComplaintKind.QUERY);
        content.setCategory("수출");
        content.setComplainant(complainant);
        XMLGregorianCalendar now = DatatypeFactory.newInstance().newXMLGregorianCalendar(new GregorianCalendar());
        content.setFiledAt(now);
        return content;
    }
}
