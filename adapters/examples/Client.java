import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agency's client in Java 17: try, register, read, follow the feed, answer, acknowledge.
 * HUB_URL: the hub's address; HUB_AGENCY and HUB_KEY: code and API key of the connection sheet.
 * Only the JDK: JSON is written by hand and read by patterns here; use your own JSON library in its place.
 */
public class Client {
    static final String HUB = System.getenv("HUB_URL");
    static final String AGENCY = System.getenv("HUB_AGENCY");
    static final String KEY = System.getenv("HUB_KEY");
    static final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** Calls the hub; tries again what may be tried again, which is always safe. */
    static String call(String method, String path, String json, String... headers) throws Exception {
        for (int tries = 1; ; tries++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(HUB + "/api/v1" + path))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer " + KEY)
                .method(method, json == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
            if (json != null) request.header("content-type", "application/json");
            if (headers.length > 0) request.headers(headers);
            long wait = 1L << tries;
            try {
                HttpResponse<String> reply =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                if (reply.statusCode() < 300) return reply.body();
                boolean mayHelp = reply.statusCode() == 429 || reply.statusCode() >= 500;
                if (!mayHelp || tries == 5) throw new IllegalStateException(method + " " + path + ": " + reply.body());
                wait = reply.headers().firstValueAsLong("retry-after").orElse(wait);
            } catch (java.io.IOException lost) {
                if (tries == 5) throw lost;
            }
            Thread.sleep(wait * 1000);
        }
    }

    /** The first text or word after a name; what a JSON library would do better. */
    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}\\]]*)").matcher(json);
        return found.find() ? found.group(1) : "";
    }

    public static void main(String[] arguments) throws Exception {
        // 1. Does everything fit: key, clock, charset?
        String sample = "{\"text\":\"민원 연계 시험 뷁 😀 ABC\",\"time\":\"" + Instant.now() + "\"}";
        String report = call("POST", "/self-test", sample);
        if (!field(report, "ok").equals("true")) throw new IllegalStateException(report);

        // 2. Register. The same externalId (or Idempotency-Key) again would be the same complaint.
        String externalId = "java-" + System.nanoTime();
        String registration = """
            {"externalId": "%s", "content": {
              "title": "가로등이 꺼져 있습니다", "body": "시청 앞 가로등 세 개가 켜지지 않습니다.", "kind": "other",
              "complainant": {"name": "김민원", "email": "kim@example.kr", "notifyBy": "email"}, "filedAt": "%s"}}
            """.formatted(externalId, Instant.now());
        String number = field(call("POST", "/complaints", registration, "idempotency-key", externalId), "receiptNumber");

        // 3. Read it.
        String status = field(call("GET", "/complaints/" + number, null), "status");

        // 4. Follow the feed: answer what we must answer, then say that we hold it.
        int answered = 0;
        Pattern change = Pattern.compile(
            "\\{\"cursor\":\"\\d+\",\"receiptNumber\":\"([^\"]+)\"[^{]*\"event\":\\{\"seq\":\\d+,\"type\":\"(\\w+)\"([^{}]*)");
        while (true) {
            String page = call("GET", "/changes?wait=1", null);
            Matcher found = change.matcher(page);
            boolean isEmpty = true;
            while (found.find()) {
                isEmpty = false;
                // Here your program stores the change, durably.
                if (!found.group(2).equals("assigned") || !field(found.group(3), "toAgency").equals(AGENCY)) continue;
                String answer = "{\"text\":\"오늘 고치겠습니다.\",\"officer\":{\"department\":\"도로과\",\"name\":\"이담당\"}}";
                call("POST", "/complaints/" + found.group(1) + "/answers", answer);
                answered++;
            }
            if (isEmpty) break;
            // The page's own cursor stands behind its changes.
            Matcher cursor = Pattern.compile("\"cursor\":\"(\\d+)\",\"more\"").matcher(page);
            if (cursor.find()) call("POST", "/changes/acknowledgements", "{\"upTo\":\"" + cursor.group(1) + "\"}");
        }

        System.out.printf("{\"receiptNumber\":\"%s\",\"status\":\"%s\",\"answered\":%d}%n", number, status, answered);
    }
}
