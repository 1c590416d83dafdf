package engram.bench.assembly;

import engram.bench.assembly.Listing.Instruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The innermost loop of a method with the most multiply-adds, counted.
 *
 * @param method its class and name
 * @param instructions all of them
 * @param fma fused multiply-adds
 * @param loads reads of memory, those within a multiply-add too, but for the stack
 * @param stores writes to memory but for the stack
 * @param spills reads and writes of the stack: what found no register
 */
record HotLoop(String method, int instructions, int fma, int loads, int stores, int spills) {
  private static final Pattern FMA = Pattern.compile("vfn?m(add|sub).*|fml[as]|fn?m(add|sub)");

  /** Conditional ones: code that is seldom run lies behind the loop and goes back by others. */
  private static final Pattern JUMP = Pattern.compile("j(?!mp)[a-z]+|b\\.?[a-z]{2}|cbn?z|tbn?z");

  private static final Pattern TARGET = Pattern.compile("(?:0x)?([0-9a-f]{6,16})$");

  /** A place in memory: in brackets, or in AT&T's order in round ones. */
  private static final Pattern MEMORY = Pattern.compile("\\[[^]]*]|\\([^)]*%[^)]*\\)");

  private static final Pattern STACK = Pattern.compile("[\\[(]\\s*%?(rsp|esp|sp)\\b.*");

  /** Names of those that write their destination and read nothing there. */
  private static final Pattern STORE = Pattern.compile("v?mov.*|vextract.*|st[rp]|stur|st1");

  /** Those that name an address and touch no memory. */
  private static final Pattern NO_ACCESS = Pattern.compile("lea.*|nop.*|prefetch.*");

  /** The hot loop of a method; empty if it has no loop with a multiply-add in it. */
  static Optional<HotLoop> of(String method, List<Instruction> code) {
    return loops(code).stream()
        .map(loop -> count(method, loop))
        .filter(loop -> loop.fma > 0)
        .max(
            Comparator.comparingInt(HotLoop::fma)
                .thenComparing(HotLoop::instructions, Comparator.reverseOrder()));
  }

  /** From the target of each jump backwards to the jump, where no other loop lies within. */
  private static List<List<Instruction>> loops(List<Instruction> code) {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < code.size(); i++) {
      int target = target(code, i);
      if (target >= 0 && target <= i) {
        ranges.add(new Range(target, i));
      }
    }
    return ranges.stream()
        .filter(outer -> ranges.stream().noneMatch(outer::surrounds))
        .map(range -> code.subList(range.from, range.to + 1))
        .toList();
  }

  /** From one index to another, both included. */
  private record Range(int from, int to) {
    boolean surrounds(Range inner) {
      return !inner.equals(this) && inner.from >= from && inner.to <= to;
    }
  }

  /** Index of the instruction that a jump goes to; negative if it is none, or goes elsewhere. */
  private static int target(List<Instruction> code, int at) {
    Matcher target = TARGET.matcher(code.get(at).operands());
    if (!JUMP.matcher(code.get(at).name()).matches() || !target.find()) {
      return -1;
    }
    long address = Long.parseUnsignedLong(target.group(1), 16);
    for (int i = 0; i <= at; i++) {
      if (code.get(i).address() == address) {
        return i;
      }
    }
    return -1;
  }

  private static HotLoop count(String method, List<Instruction> loop) {
    int fma = 0;
    int loads = 0;
    int stores = 0;
    int spills = 0;
    for (Instruction each : loop) {
      fma += FMA.matcher(each.name()).matches() ? 1 : 0;
      Matcher memory = MEMORY.matcher(each.operands());
      if (!memory.find() || NO_ACCESS.matcher(each.name()).matches()) {
        continue;
      }
      if (STACK.matcher(memory.group()).matches()) {
        spills++;
      } else if (STORE.matcher(each.name()).matches() && isDestination(each, memory)) {
        stores++;
      } else {
        loads++;
      }
    }
    return new HotLoop(method, loop.size(), fma, loads, stores, spills);
  }

  /** Whether the memory is what is written: the last operand of AT&T, the first of Intel. */
  private static boolean isDestination(Instruction each, Matcher memory) {
    boolean att = each.operands().contains("%");
    return each.name().startsWith("st")
        || (att
            ? memory.end() == each.operands().stripTrailing().length()
            : each.operands().indexOf(',') > memory.start());
  }
}
