package engram.data.gtsrb;

import engram.base.Excerpt;
import engram.data.DataException;
import engram.data.Resize;
import engram.data.archive.Archive;
import engram.data.archive.Table;
import java.util.ArrayList;
import java.util.List;

/** Reads a table of GTSRB. Columns are found by their names in the header, in any order. */
final class Annotations {

  /** A table may be somebody's own: the authors' one is not always the answer. */
  static final String REMEDY =
      "Correct the table; the authors' own is fetched by  engram data fetch gtsrb";

  private static final List<String> NUMBERS =
      List.of("Width", "Height", "Roi.X1", "Roi.Y1", "Roi.X2", "Roi.Y2", "ClassId");

  /** Far above any picture's side. */
  private static final int MAX_NUMBER = 1_000_000;

  private final Layout.Table table;
  private final Table rows;
  private final int name;
  private final int[] numbers;

  private Annotations(Layout.Table table, byte[] csv) {
    this.table = table;
    this.rows = Table.read(table.csv().where(), csv, REMEDY);
    List<String> needed = new ArrayList<>(NUMBERS);
    needed.add(table.column());
    numbers =
        NUMBERS.stream().mapToInt(column -> rows.column(List.of(column), needed, REMEDY)).toArray();
    name = rows.column(List.of(table.column()), needed, REMEDY);
  }

  /**
   * The rows of a table, in its order.
   *
   * @throws DataException naming file and line if a column is missing, a number is none, a class is
   *     not 0..42, or a picture is not there
   */
  static List<Sample> read(Layout.Table table) {
    return read(table, table.csv().read());
  }

  /** The rows in {@code csv}, the contents of {@code table}. */
  static List<Sample> read(Layout.Table table, byte[] csv) {
    Annotations annotations = new Annotations(table, csv);
    if (annotations.rows.rows().isEmpty()) {
      throw new DataException(table.csv().where(), "no rows, expected one for each image", REMEDY);
    }
    return annotations.rows.rows().stream().map(annotations::sample).toList();
  }

  private Sample sample(Table.Row row) {
    String written = row.cell(name);
    String image = Archive.normal(Archive.child(table.folder(), Archive.normal(written)));
    if (!table.images().has(image)) {
      throw new DataException(
          row.where(),
          "image %s is missing, expected it at %s"
              .formatted(Excerpt.of(written), table.images().where(Excerpt.of(image))),
          REMEDY);
    }
    return new Sample(
        row.where(),
        new Archive.File(table.images(), image),
        number(row, 6, 0, GtsrbClasses.COUNT - 1),
        number(row, 0, 1, MAX_NUMBER),
        number(row, 1, 1, MAX_NUMBER),
        new Resize.Box(
            number(row, 2, 0, MAX_NUMBER),
            number(row, 3, 0, MAX_NUMBER),
            number(row, 4, 0, MAX_NUMBER),
            number(row, 5, 0, MAX_NUMBER)));
  }

  /** A whole number; pandas writes it as {@code 29.0} where a cell of its column was empty once. */
  private int number(Table.Row row, int column, int min, int max) {
    String text = row.cell(numbers[column]);
    try {
      int value = Integer.parseInt(text.replaceFirst("\\.0+$", ""));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, with the numbers that are out of range.
    }
    throw new DataException(
        row.where(),
        "%s is \"%s\", expected a whole number from %d to %d"
            .formatted(NUMBERS.get(column), Excerpt.of(text), min, max),
        REMEDY);
  }
}
