package engram.data.gtsrb;

import engram.data.DataException;
import engram.data.archive.Archive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the training and the test set lie among many files.
 *
 * <pre>
 * official   GTSRB/Final_Training/Images/000CC/{GT-000CC.csv, TTTTT_FFFFF.ppm}
 *            GTSRB/Final_Test/Images/NNNNN.ppm, and GT-final_test.csv there or elsewhere
 * fixed      GTSRB/Training/000CC/{GT-000CC.csv, TTTTT_FFFFF.ppm}
 * Kaggle     Train.csv, Test.csv, and the pictures that they name: Train/C/*.png, Test/*.png
 * </pre>
 *
 * @param training one table per class, or one for all
 * @param test the table of the test set
 */
record Layout(List<Table> training, Table test) {

  /**
   * A table of pictures.
   *
   * @param csv the table
   * @param images archive of the pictures
   * @param folder folder in {@code images} that picture names in the table are relative to
   * @param column column that names the picture
   */
  record Table(Archive.File csv, Archive images, String folder, String column) {}

  private static final Pattern CLASS_TABLE =
      Pattern.compile("(.*/)?\\d{5}/GT-\\d{5}\\.csv", Pattern.CASE_INSENSITIVE);
  private static final String TRUTH = "GT-final_test.csv";
  private static final String TEST_FOLDER = "Final_Test/Images";
  private static final String FILENAME = "Filename";
  private static final String PATH = "Path";

  /**
   * Finds both sets. Where several training sets are present the official one wins over Kaggle's
   * copy of it, and that over the smaller fixed one; then the first archive wins.
   *
   * @throws DataException saying what is missing from {@code sources}
   */
  static Layout find(Sources sources, List<Archive> archives) {
    List<Archive.File> tables =
        archives.stream()
            .flatMap(a -> a.files().stream().map(name -> new Archive.File(a, name)))
            .filter(file -> ends(file, ".csv"))
            .toList();
    List<Table> training = training(tables);
    if (training.isEmpty()) {
      throw new DataException(
          sources.path().toString(),
          "no GTSRB training set here, expected GTSRB_Final_Training_Images.zip,"
              + " GTSRB/Final_Training/Images/000CC/GT-000CC.csv or Kaggle's Train.csv",
          "Check the path, or fetch the data with  engram data fetch gtsrb");
    }
    return new Layout(training, test(sources, archives, tables));
  }

  private static List<Table> training(List<Archive.File> tables) {
    record Place(Archive archive, String folder) {}
    Map<Place, List<Table>> candidates = new LinkedHashMap<>();
    for (Archive.File csv : tables) {
      if (CLASS_TABLE.matcher(csv.name()).matches()) {
        Place place = new Place(csv.archive(), Archive.parent(csv.folder()));
        candidates
            .computeIfAbsent(place, p -> new ArrayList<>())
            .add(new Table(csv, csv.archive(), csv.folder(), FILENAME));
      } else if (isNamed(csv, "Train.csv")) {
        candidates.put(new Place(csv.archive(), csv.name()), List.of(kaggle(csv)));
      }
    }
    return candidates.entrySet().stream()
        .min(Comparator.comparingInt(entry -> rank(entry.getKey().folder())))
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  private static int rank(String folder) {
    if (folder.endsWith("Final_Training/Images")) {
      return 0;
    }
    if (folder.toLowerCase(Locale.ROOT).endsWith("train.csv")) {
      return 1;
    }
    return folder.endsWith("Training") ? 2 : 3;
  }

  private static Table test(Sources sources, List<Archive> archives, List<Archive.File> tables) {
    Optional<Archive.File> truth = tables.stream().filter(csv -> isNamed(csv, TRUTH)).findFirst();
    Optional<Archive.File> images = testImages(archives, truth);
    if (truth.isPresent() && images.isPresent()) {
      return new Table(truth.get(), images.get().archive(), images.get().folder(), FILENAME);
    }
    Optional<Table> kaggle =
        tables.stream().filter(csv -> isNamed(csv, "Test.csv")).findFirst().map(Layout::kaggle);
    return kaggle.orElseThrow(() -> noTest(sources, truth.isPresent(), images.isPresent()));
  }

  /** Any one test picture: in the official folder, or beside the ground truth. */
  private static Optional<Archive.File> testImages(
      List<Archive> archives, Optional<Archive.File> truth) {
    Stream<Archive.File> official =
        archives.stream()
            .flatMap(a -> a.files().stream().map(name -> new Archive.File(a, name)))
            .filter(file -> ends(file, ".ppm") && file.folder().endsWith(TEST_FOLDER));
    Stream<Archive.File> beside =
        truth.stream()
            .flatMap(
                csv ->
                    csv.archive().files().stream()
                        .map(name -> new Archive.File(csv.archive(), name))
                        .filter(f -> ends(f, ".ppm"))
                        .filter(f -> f.folder().equals(csv.folder())));
    return Stream.concat(official, beside).findFirst();
  }

  private static DataException noTest(Sources sources, boolean truth, boolean images) {
    String missing;
    if (images) {
      missing = "the ground truth " + TRUTH + " (GTSRB_Final_Test_GT.zip)";
    } else if (truth) {
      missing = "the test images GTSRB/" + TEST_FOLDER + " (GTSRB_Final_Test_Images.zip)";
    } else {
      missing = "a test set (GTSRB_Final_Test_Images.zip and GTSRB_Final_Test_GT.zip)";
    }
    boolean oneZip = !sources.zips().isEmpty() && sources.zips().getFirst().equals(sources.path());
    return new DataException(
        sources.path().toString(),
        "holds a training set, but not " + missing,
        oneZip
            ? "Give the folder that holds all three zips instead of one zip"
            : "Fetch what is missing with  engram data fetch gtsrb");
  }

  private static Table kaggle(Archive.File csv) {
    return new Table(csv, csv.archive(), csv.folder(), PATH);
  }

  private static boolean ends(Archive.File file, String end) {
    String name = file.name();
    return name.regionMatches(true, name.length() - end.length(), end, 0, end.length());
  }

  private static boolean isNamed(Archive.File file, String name) {
    return file.name().equalsIgnoreCase(name) || ends(file, "/" + name);
  }
}
