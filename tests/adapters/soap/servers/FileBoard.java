import javax.annotation.Resource;
import javax.jws.WebMethod;
import javax.jws.WebParam;
import javax.jws.WebResult;
import javax.jws.WebService;
import javax.xml.ws.Endpoint;
import javax.xml.ws.WebServiceContext;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.soap.MTOM;
import java.util.List;
import java.util.Map;

/** A board of JAX-WS's that takes and gives out files by MTOM. Prints a line when it listens. */
@WebService(serviceName = "FileBoard", targetNamespace = "urn:files")
@MTOM(threshold = 0)
public class FileBoard {
    @Resource
    private WebServiceContext context;
    private byte[] kept = {};

    /** Takes a file. Its id tells what came. */
    @WebMethod
    @WebResult(name = "fileId")
    public String putFile(@WebParam(name = "name") String name, @WebParam(name = "content") byte[] content) {
        if (name.equals("refuse.pdf")) throw new IllegalArgumentException("이 파일은 받지 않습니다");
        kept = content;
        Map<?, ?> headers = (Map<?, ?>) context.getMessageContext().get(MessageContext.HTTP_REQUEST_HEADERS);
        String type = String.valueOf(((List<?>) headers.get("Content-type")).get(0));
        return name + " " + content.length + " " + type.split(";")[0];
    }

    /** Gives the last file out. */
    @WebMethod
    @WebResult(name = "content")
    public byte[] getFile(@WebParam(name = "fileId") String fileId) {
        return kept;
    }

    public static void main(String[] given) {
        Endpoint.publish("http://127.0.0.1:" + given[0] + "/", new FileBoard());
        System.out.println("listening");
    }
}
