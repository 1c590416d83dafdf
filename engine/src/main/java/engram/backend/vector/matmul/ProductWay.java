package engram.backend.vector.matmul;

import java.util.Locale;

/** A way to compute a matrix product. */
public enum ProductWay {
  /** Dot products of rows, nothing packed: {@link DotProduct}. */
  DOT_PRODUCTS,
  /** The right matrix in panels, rows of the left one broadcast: {@link PanelProduct}. */
  PANELS,
  /** The left matrix in panels, columns of the right one broadcast; the result is turned over. */
  TURNED_PANELS;

  /** The name as people read it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
