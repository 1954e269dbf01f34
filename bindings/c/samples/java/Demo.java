// SPDX-License-Identifier: EUPL-1.2
// Ranks the demo with JNA: java -cp jna.jar Demo.java fixtures/demo, with -Djna.library.path=FOLDER of libpassend_c.so
import com.sun.jna.*;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.MessageDigest;
import java.util.HexFormat;

public class Demo {
    @Structure.FieldOrder({"data", "len", "report", "reportLen", "owner"})
    public static class Buffer extends Structure {
        public Pointer data;
        public NativeLong len; // size_t has the size of a long where this runs; take long on 64-bit Windows
        public Pointer report;
        public NativeLong reportLen;
        public Pointer owner;
    }

    @Structure.FieldOrder({"message", "code", "field", "detail", "detailLen", "status", "owner"})
    public static class Failure extends Structure {
        public Pointer message, code, field, detail;
        public NativeLong detailLen;
        public int status;
        public Pointer owner;
    }

    public interface Passend extends Library {
        Passend LIBRARY = Native.load("passend_c", Passend.class);

        int passend_engine_new(byte[] config, NativeLong len, PointerByReference out, Failure error);
        void passend_engine_free(Pointer engine);
        int passend_run(Pointer engine, byte[] op, NativeLong opLen, byte[] json, NativeLong jsonLen, Pointer options,
            Buffer out, Failure error);
        void passend_buffer_free(Buffer buffer);
        void passend_error_free(Failure error);
    }

    /** What one line of an answer holds; `MatchLine` of bindings/c/schemas/match.answer.json, as far as used here. */
    record Match(String candidate, String vacancy, int rank, int score) {}

    static void check(int status, Failure error) {
        if (status != 0) {
            String message = error.message.getString(0, "UTF-8");
            Passend.LIBRARY.passend_error_free(error);
            throw new IllegalArgumentException(message);
        }
    }

    static byte[] run(Pointer engine, String op, String request) {
        byte[] name = op.getBytes(StandardCharsets.UTF_8), json = request.getBytes(StandardCharsets.UTF_8);
        Buffer buffer = new Buffer();
        Failure error = new Failure();
        check(Passend.LIBRARY.passend_run(engine, name, new NativeLong(name.length), json, new NativeLong(json.length), null,
            buffer, error), error);
        try {
            return buffer.data.getByteArray(0, buffer.len.intValue());
        } finally {
            Passend.LIBRARY.passend_buffer_free(buffer);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "fixtures/demo");
        PointerByReference engine = new PointerByReference();
        Failure error = new Failure();
        check(Passend.LIBRARY.passend_engine_new(null, new NativeLong(0), engine, error), error);
        String people = String.join(",", Files.readAllLines(folder.resolve("candidates.jsonl")));
        String work = String.join(",", Files.readAllLines(folder.resolve("vacancies.jsonl")));
        byte[] lines = run(engine.getValue(), "match", "{\"candidates\":[" + people + "],\"vacancies\":[" + work
            + "],\"as_of\":\"2026-11-25\",\"format\":\"jsonl\"}");
        Passend.LIBRARY.passend_engine_free(engine.getValue());
        System.out.println(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(lines)));
    }
}
