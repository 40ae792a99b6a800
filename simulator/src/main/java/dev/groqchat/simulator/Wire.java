package dev.groqchat.simulator;

import dev.groqchat.simulator.Fault.Break;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One response on its way out, byte by byte. Writing is gathered until {@link #flush()}: one write
 * of the socket is one packet, or several if the script wants them small. Ends the response itself
 * when the script's byte is reached.
 */
final class Wire {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int GATHERED = 32 * 1024;

  private final OutputStream socket;
  private final Looks looks;
  private final Optional<Fault.AtByte> fault;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(1024);
  private boolean chunked;
  private long sent;

  Wire(OutputStream socket, Script script) {
    this.socket = socket;
    this.looks = script.looks();
    this.fault =
        script.fault().filter(Fault.AtByte.class::isInstance).map(Fault.AtByte.class::cast);
  }

  /** The script's end of a connection. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1;
    private final Break how;

    Broken(Break how) {
      this.how = how;
    }

    Break how() {
      return how;
    }
  }

  /** Without a {@code content-length} among the headers the body is chunked. */
  void head(int status, Map<String, String> headers) {
    var head =
        new StringBuilder(512)
            .append("HTTP/1.1 ")
            .append(status)
            .append(' ')
            .append(Reason.of(status))
            .append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    chunked = !headers.containsKey("Content-Length");
    if (chunked) head.append("Transfer-Encoding: chunked\r\n");
    gathered.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A piece of the body, given in parts; if chunked, a chunk of its own. */
  void body(byte[]... parts) throws IOException {
    int length = 0;
    for (byte[] part : parts) length += part.length;
    if (chunked)
      gathered.writeBytes(
          (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : parts) gather(part);
    if (chunked) gathered.writeBytes(CRLF);
    if (gathered.size() > GATHERED) flush();
  }

  private void gather(byte[] part) throws IOException {
    if (fault.isPresent() && sent + part.length >= fault.get().bytes()) {
      gathered.write(part, 0, (int) (fault.get().bytes() - sent));
      flush();
      throw new Broken(fault.get().how());
    }
    sent += part.length;
    gathered.writeBytes(part);
  }

  void end() throws IOException {
    if (chunked) gathered.writeBytes(LAST_CHUNK);
    flush();
  }

  void flush() throws IOException {
    if (gathered.size() == 0) return;
    if (looks.has(Quirk.SPLIT_BYTES)) split(gathered.toByteArray(), false);
    else if (looks.has(Quirk.SPLIT_CHARACTERS)) split(gathered.toByteArray(), true);
    else gathered.writeTo(socket);
    socket.flush();
    gathered.reset();
  }

  /** With TCP_NODELAY every write is a packet, unless the peer's window is full. */
  private void split(byte[] bytes, boolean onlyInCharacters) throws IOException {
    int from = 0;
    for (int i = 1; i <= bytes.length; i++) {
      boolean inCharacter = i < bytes.length && (bytes[i] & 0xC0) == 0x80;
      if (i < bytes.length && onlyInCharacters && !inCharacter) continue;
      socket.write(bytes, from, i - from);
      socket.flush();
      from = i;
    }
  }
}
