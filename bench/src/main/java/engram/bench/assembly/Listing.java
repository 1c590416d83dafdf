package engram.bench.assembly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiled methods as HotSpot prints them with {@code -XX:CompileCommand=print} and a disassembler.
 *
 * @param methods instructions of each method that C2 compiled, by its name; the last compilation of
 *     each
 * @param disassembled false where there is machine code in bytes alone, since there is no
 *     disassembler
 */
record Listing(Map<String, List<Listing.Instruction>> methods, boolean disassembled) {
  private static final Pattern METHOD =
      Pattern.compile(
          "Compiled method \\((\\w+)\\).*?([\\w.$]+::[\\w<>$]+)( @ \\d+)? \\(\\d+ bytes\\)");

  private static final Pattern INSTRUCTION =
      Pattern.compile("\\s*0x([0-9a-f]+):\\s+([a-z][a-z0-9.]*)(?:\\s+([^;]*?))?\\s*(?:;.*)?");

  /**
   * One instruction.
   *
   * @param operands as they stand, of x86 in the order of Intel or AT&T, with % before registers
   */
  record Instruction(long address, String name, String operands) {}

  static Listing read(String text) {
    Map<String, List<Instruction>> methods = new LinkedHashMap<>();
    List<Instruction> current = new ArrayList<>();
    boolean code = false;
    for (String line : text.lines().toList()) {
      Matcher method = METHOD.matcher(line);
      if (method.find()) {
        current = new ArrayList<>();
        if (method.group(1).equals("c2")) {
          methods.put(method.group(2), current);
        }
      } else if (line.startsWith("[Disassembly]")) {
        code = true;
      } else if (line.startsWith("[/Disassembly]")
          || line.startsWith("[Stub Code]")
          || line.startsWith("[Exception Handler]")) {
        code = false;
      } else if (code) {
        Matcher instruction = INSTRUCTION.matcher(line);
        if (instruction.matches()) {
          current.add(
              new Instruction(
                  Long.parseUnsignedLong(instruction.group(1), 16),
                  instruction.group(2),
                  instruction.group(3) == null ? "" : instruction.group(3)));
        }
      }
    }
    methods.values().removeIf(List::isEmpty);
    return new Listing(methods, !text.contains("[MachCode]"));
  }
}
