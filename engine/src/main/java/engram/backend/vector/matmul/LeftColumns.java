package engram.backend.vector.matmul;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.tile.Tiles;
import engram.backend.vector.tile.WeightGradientTile;

/**
 * A transposed left matrix, read where it lies: a term of neighbouring rows is neighbouring floats.
 */
final class LeftColumns implements LeftTile {
  private final HostBuffer a;
  private final int m;
  private final int k;
  private final int[] terms;
  private final WeightGradientTile tile;

  LeftColumns(MatrixProduct.Shape shape, HostBuffer a) {
    this.a = a;
    m = shape.m();
    k = shape.k();
    tile = Tiles.weightGradient(m, shape.n());
    terms = new int[k];
    for (int i = 0; i < k; i++) {
      terms[i] = i * m;
    }
  }

  @Override
  public int rows() {
    return tile.rows();
  }

  @Override
  public int columns() {
    return tile.columns();
  }

  @Override
  public int copyFloats() {
    return 0;
  }

  @Override
  public int copyTasks() {
    return 0;
  }

  @Override
  public void copy(int task, int at) {
    throw new AssertionError("nothing to copy");
  }

  @Override
  public int first(int row) {
    return Math.min(row, m - tile.rows());
  }

  @Override
  public void sum(int row, int copyAt, float[] panels, int panelAt, float[] y, int yAt, int yStep) {
    tile.run(a.data(), a.offset() + row, terms, k, panels, panelAt, y, yAt, yStep, false);
  }
}
