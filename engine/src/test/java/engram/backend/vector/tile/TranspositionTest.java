package engram.backend.vector.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.backend.vector.Arena;
import engram.backend.vector.run.HostBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranspositionTest {

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"1, 1", "3, 40", "4, 4", "8, 8", "16, 16", "15, 17", "17, 15", "32, 48", "50, 35"})
  void everyFloatIsMovedAndNothingElseIsWritten(int rows, int columns) {
    int fromRow = columns + 3;
    int toRow = rows + 5;
    float[] source = Arena.random(rows * fromRow, 1);
    Arena arena = new Arena(source.length, columns * toRow);
    HostBuffer from = arena.input(source);
    HostBuffer to = arena.output(columns * toRow);
    Transposition.copy(
        from.data(), from.offset(), fromRow, rows, columns, to.data(), to.offset(), toRow);
    float[] received = Arena.read(to, columns * toRow);
    for (int column = 0; column < columns; column++) {
      for (int at = 0; at < toRow; at++) {
        float expected = at < rows ? source[at * fromRow + column] : Float.NaN;
        assertEquals(expected, received[column * toRow + at], "column " + column + ", row " + at);
      }
    }
    arena.checkGuards();
  }
}
