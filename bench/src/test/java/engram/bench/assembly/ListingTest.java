package engram.bench.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Counts in compiled code as HotSpot prints it; the text is made for this test. */
class ListingTest {
  private static final String ATT =
      """
      Compiled method (c1) 50 1 3       engram.Tile::run (10 bytes)
      [Disassembly]
        0x00007f35c7eef000:   vfmadd231ps	%ymm8, %ymm0, %ymm2
        0x00007f35c7eef006:   jmp	0x7f35c7eef000
      [/Disassembly]
      Compiled method (c2) 60 2 %     4       engram.Tile::run @ 12 (10 bytes)
       total in heap  [0x00007f35c7eef488,0x00007f35c7eefc60] = 2008
      [Disassembly]
        # {method} {0x00007f0c0c407fa0} 'run' '(I[FI)V' in 'engram/Tile'
        0x00007f35c7eef100:   pushq	%rbp                        ; - engram.Tile::run@-1
        0x00007f35c7eef104:   vmovups	0x10(%rsi, %r9, 4), %ymm0    ;*invokestatic load
                                                                  ; - engram.Tile::run@7
        0x00007f35c7eef10a:   vfmadd231ps	0x10(%rdx, %r8, 4), %ymm0, %ymm2
        0x00007f35c7eef110:   vfmadd231ps	%ymm8, %ymm0, %ymm3
        0x00007f35c7eef116:   vmovdqu	%ymm3, 0x40(%rsp)
        0x00007f35c7eef11c:   vmovdqu	0x40(%rsp), %ymm3
        0x00007f35c7eef122:   vmovups	%ymm2, 0x10(%rdi, %r9, 4)
        0x00007f35c7eef128:   leaq	8(%r9), %r9
        0x00007f35c7eef12c:   cmpl	0x30(%r15), %r9d
        0x00007f35c7eef130:   jl	0x7f35c7eef104
        0x00007f35c7eef136:   vfmadd231ps	%ymm8, %ymm0, %ymm3
        0x00007f35c7eef13c:   jl	0x7f35c7eef100
        0x00007f35c7eef140:   retq
      [Exception Handler]
        0x00007f35c7eef150:   jmp	0x7f35c7eef150
      [/Disassembly]
      """;

  @Test
  void theInnermostLoopWithMultiplyAddsIsCounted() {
    Listing listing = Listing.read(ATT);
    assertTrue(listing.disassembled());
    assertEquals(Set.of("engram.Tile::run"), listing.methods().keySet());
    assertEquals(
        Optional.of(new HotLoop("engram.Tile::run", 9, 2, 3, 1, 2)),
        HotLoop.of("engram.Tile::run", listing.methods().get("engram.Tile::run")));
  }

  @Test
  void theSameInIntelsOrderIsTheSame() {
    String intel =
        """
        Compiled method (c2) 60 2       4       engram.Tile::run (10 bytes)
        [Disassembly]
          0x00007f35c7eef104:   vmovups ymm0, ymmword ptr [rsi+r9*4+0x10]
          0x00007f35c7eef10a:   vfmadd231ps ymm2, ymm0, ymmword ptr [rdx+r8*4+0x10]
          0x00007f35c7eef116:   vmovdqu ymmword ptr [rsp+0x40], ymm3
          0x00007f35c7eef122:   vmovups ymmword ptr [rdi+r9*4+0x10], ymm2
          0x00007f35c7eef130:   jl 0x00007f35c7eef104
        [/Disassembly]
        """;
    assertEquals(
        Optional.of(new HotLoop("m", 5, 1, 2, 1, 1)),
        HotLoop.of("m", Listing.read(intel).methods().get("engram.Tile::run")));
  }

  @Test
  void armsInstructionsAreKnownToo() {
    String arm =
        """
        Compiled method (c2) 60 2       4       engram.Tile::run (10 bytes)
        [Disassembly]
          0x0000ffff8c3d0104:   ldr q16, [x1, #16]
          0x0000ffff8c3d0108:   fmla v2.4s, v16.4s, v3.4s
          0x0000ffff8c3d010c:   str q2, [sp, #32]
          0x0000ffff8c3d0110:   str q2, [x2, #16]
          0x0000ffff8c3d0114:   b.lt 0x0000ffff8c3d0104
        [/Disassembly]
        """;
    assertEquals(
        Optional.of(new HotLoop("m", 5, 1, 1, 1, 1)),
        HotLoop.of("m", Listing.read(arm).methods().get("engram.Tile::run")));
  }

  @Test
  void bytesAloneAreNoDisassembly() {
    Listing bytes =
        Listing.read(
            """
            Compiled method (c2) 60 2       4       engram.Tile::run (10 bytes)
            [MachCode]
              0x00007f0c344633c0: c984 2400 | c0fe ff55 | 4881 ec00
            [/MachCode]
            """);
    assertFalse(bytes.disassembled());
    assertTrue(bytes.methods().isEmpty());
    assertTrue(AssemblyRun.missing().contains("hsdis-"));
    AssemblyRun.missing().lines().forEach(line -> assertTrue(line.length() <= 160, line));
  }

  @Test
  void aMethodWithoutSuchALoopHasNone() {
    Listing listing = Listing.read(ATT.replace("vfmadd231ps", "vaddps"));
    assertEquals(Optional.empty(), HotLoop.of("m", listing.methods().get("engram.Tile::run")));
  }
}
