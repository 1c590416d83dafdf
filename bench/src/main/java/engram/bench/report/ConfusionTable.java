package engram.bench.report;

import engram.bench.record.RecordedStrategy;
import engram.cl.metrics.Confusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each class was taken for after the last task, images of all seeds together.
 *
 * @param icons the classes met, by row and column
 * @param cells those that are not empty
 * @param firsts indices of the icons with which a task begins
 */
public record ConfusionTable(List<ClassIcon> icons, List<Cell> cells, List<Integer> firsts) {

  /** Most frequent mistakes that are listed. */
  private static final int LISTED = 8;

  /**
   * @param actual index of the icon shown
   * @param predicted index of the icon it was taken for
   * @param images number of images
   * @param percent of the images of the actual class
   */
  public record Cell(int actual, int predicted, int images, double percent) {

    public boolean right() {
      return actual == predicted;
    }

    /** Opacity: the square root lets one image in a hundred be seen. */
    public double strength() {
      return Math.sqrt(percent / 100);
    }
  }

  static ConfusionTable of(List<RecordedStrategy> seeds, int tasks, ClassTable classes) {
    Map<Integer, Integer> indices = new HashMap<>();
    for (int i = 0; i < classes.icons().size(); i++) {
      indices.put(classes.icons().get(i).number(), i);
    }
    Confusion all = new Confusion(classes.icons().size());
    for (RecordedStrategy seed : seeds) {
      Confusion confusion = seed.agnostic().get(tasks - 1);
      for (int actual = 0; actual < confusion.classes(); actual++) {
        for (int predicted = 0; predicted < confusion.classes(); predicted++) {
          int images = confusion.count(actual, predicted);
          Integer row = indices.get(seed.split().classOf(actual));
          Integer column = indices.get(seed.split().classOf(predicted));
          // A class without a test image has no row; that something was taken for it is not shown.
          if (images > 0 && row != null && column != null) {
            all.add(row, column, images);
          }
        }
      }
    }
    return new ConfusionTable(classes.icons(), cells(all), classes.firsts());
  }

  private static List<Cell> cells(Confusion all) {
    List<Cell> cells = new ArrayList<>();
    for (int actual = 0; actual < all.classes(); actual++) {
      for (int predicted = 0; predicted < all.classes(); predicted++) {
        int images = all.count(actual, predicted);
        if (images > 0) {
          cells.add(new Cell(actual, predicted, images, 100.0 * images / all.images(actual)));
        }
      }
    }
    return List.copyOf(cells);
  }

  public List<Cell> worst() {
    return cells.stream()
        .filter(cell -> !cell.right())
        .sorted(Comparator.comparingInt(cell -> -cell.images()))
        .limit(LISTED)
        .toList();
  }

  public String text(Cell cell) {
    String actual = icons.get(cell.actual()).name();
    return cell.right()
        ? "%s: %s recognised (%s %%)"
            .formatted(actual, Say.count(cell.images(), "image"), Say.one(cell.percent()))
        : "%s taken for %s: %s (%s %%)"
            .formatted(
                actual,
                icons.get(cell.predicted()).name(),
                Say.count(cell.images(), "image"),
                Say.one(cell.percent()));
  }
}
