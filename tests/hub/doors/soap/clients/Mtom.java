import hub.minwon.v1.*;

import javax.xml.datatype.DatatypeFactory;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.soap.AddressingFeature;
import javax.xml.ws.soap.MTOMFeature;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

/** A client that is not ours: JAX-WS with MTOM and WS-Addressing, both demanded. Prints one JSON document. */
public class Mtom {
    public static void main(String[] given) throws Exception {
        MinwonHub service = new MinwonHub(new java.net.URL(given[0] + "?wsdl"));
        Hub hub = service.getHubSoap11(new MTOMFeature(0), new AddressingFeature(true, true));
        Map<String, Object> context = ((BindingProvider) hub).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, given[0]);
        context.put(BindingProvider.USERNAME_PROPERTY, "alpha");
        context.put(BindingProvider.PASSWORD_PROPERTY, given[1]);

        byte[] data = Arrays.copyOf("%PDF-1.7\n".getBytes("UTF-8"), 9_000_000);
        for (int at = 9; at < data.length; at++) data[at] = (byte) (at * 7);
        Upload upload = hub.putAttachment("영수증.pdf", "application/pdf", data, null);

        AttachmentReference held = new AttachmentReference();
        held.setId(upload.getId());
        held.setName(upload.getName());
        AttachmentReference later = new AttachmentReference();
        later.setName("나중에.pdf");
        ComplaintContent content = new ComplaintContent();
        content.setTitle("수출 문의");
        content.setBody("내용");
        content.setKind(ComplaintKind.QUERY);
        Complainant complainant = new Complainant();
        complainant.setName("김민원");
        content.setComplainant(complainant);
        content.setFiledAt(DatatypeFactory.newInstance().newXMLGregorianCalendar("2026-11-20T09:30:00+09:00"));
        content.getAttachments().add(held);
        content.getAttachments().add(later);
        String number = hub.registerComplaint(given[2], content, null).getReceiptNumber();

        byte[] got = null;
        String supplied = null;
        for (AttachmentSummary file : hub.listAttachments(number)) {
            if (file.getState().equals("held")) got = hub.getAttachment(number, file.getId()).getContent();
            else supplied = hub.supplyAttachment(number, file.getId(), Arrays.copyOf(data, 5000), null).getState();
        }

        BatchItem item = new BatchItem();
        item.setReceiptNumber(number);
        FollowUp followUp = new FollowUp();
        followUp.setText("추가");
        item.setFollowUp(followUp);
        BatchResult result = hub.runBatch(Collections.singletonList(item)).get(0);
        Ledger ledger = hub.getLedger(null, null);
        System.out.printf("{\"sent\":%d,\"same\":%b,\"supplied\":\"%s\",\"batch\":\"%s\",\"balanced\":%b,\"days\":%d}%n",
            upload.getSize(), Arrays.equals(got, data), supplied, result.getReceipt().getOutcome().value(),
            ledger.isBalanced(), ledger.getDays().size());
    }
}
