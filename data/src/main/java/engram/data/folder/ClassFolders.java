package engram.data.folder;

import engram.data.DataException;
import engram.data.archive.Archive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which picture is of which class, and on which side.
 *
 * <pre>
 * train/CLASS/.../PICTURE, test/CLASS/.../PICTURE   divided by its owner; or val, valid, validation
 * CLASS/.../PICTURE                                 together, to be divided
 * </pre>
 *
 * <p>All of it may lie in one more folder, as in most zips.
 *
 * @param names of the classes, in order
 * @param root the folder that the above is relative to, empty or with a slash at its end
 * @param isDivided whether its owner has divided it
 * @param train pictures to learn from, or all; ordered by class, then name
 * @param test pictures to measure on; empty if it is not divided
 */
record ClassFolders(
    List<String> names, String root, boolean isDivided, List<Item> train, List<Item> test) {

  /**
   * A picture.
   *
   * @param label its class
   * @param name in the archive
   */
  record Item(int label, String name) {}

  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");

  /**
   * Finds them.
   *
   * @param where how messages name the data
   * @throws DataException if there are no classes, or only one, or a side lacks a class
   */
  static ClassFolders find(String where, Archive archive, Consumer<String> notice) {
    List<String> pictures = archive.files().stream().filter(PictureTree::isPicture).toList();
    List<String> folders = archive.folders();
    if (pictures.isEmpty()) {
      throw new DataException(
          where,
          "there are no pictures, expected a folder of PNG, JPEG or PPM files for each class",
          "Check the path");
    }
    String root = root(pictures, folders);
    Finder finder = new Finder(where, root, pictures, folders, notice);
    Optional<String> train = finder.side(TRAIN);
    Optional<String> test = finder.side(TEST);
    if (train.isPresent() && test.isPresent()) {
      return finder.divided(train.get(), test.get());
    }
    train.ifPresent(side -> finder.requireNo(TEST, side));
    test.ifPresent(side -> finder.requireNo(TRAIN, side));
    return finder.together();
  }

  /** Goes down as long as there is one folder only, with folders of pictures in it. */
  private static String root(List<String> pictures, List<String> folders) {
    String root = "";
    while (true) {
      String prefix = root;
      List<String> tops =
          Stream.concat(pictures.stream(), folders.stream().map(name -> name + "/"))
              .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
              .map(name -> name.substring(prefix.length()))
              .map(name -> name.substring(0, name.indexOf('/') + 1))
              .distinct()
              .toList();
      if (tops.size() != 1 || tops.getFirst().isEmpty()) {
        return root;
      }
      String next = root + tops.getFirst();
      if (pictures.stream().anyMatch(name -> name.indexOf('/', next.length()) < 0)) {
        return root;
      }
      root = next;
    }
  }

  /** The search below one root. */
  private record Finder(
      String where,
      String root,
      List<String> pictures,
      List<String> folders,
      Consumer<String> notice) {

    /** The first folder of one of these names whose pictures lie in folders, but for a few. */
    Optional<String> side(List<String> words) {
      return named(words).filter(side -> 2 * count(side, true) > count(side, false)).findFirst();
    }

    /**
     * Refuses one part with classes beside another without: as classes they would make no sense.
     *
     * @param words names that the other part may have
     */
    void requireNo(List<String> words, String side) {
      named(words)
          .findFirst()
          .ifPresent(
              other -> {
                throw new DataException(
                    where,
                    "there are classes in %s, but the pictures in %s lie in no class"
                        .formatted(side, other),
                    "Sort them into classes, or move %s away: then %s is divided"
                        .formatted(other, side));
              });
    }

    private Stream<String> named(List<String> words) {
      return words.stream()
          .flatMap(word -> tops().stream().filter(t -> t.toLowerCase(Locale.ROOT).equals(word)))
          .map(top -> root + top + "/");
    }

    /** Pictures of a side, all or those in folders of it. */
    private long count(String side, boolean inFolders) {
      return pictures.stream()
          .filter(name -> name.startsWith(side))
          .filter(name -> !inFolders || name.indexOf('/', side.length()) > 0)
          .count();
    }

    private SortedSet<String> tops() {
      SortedSet<String> tops = new TreeSet<>();
      for (String name : pictures) {
        int end = name.indexOf('/', root.length());
        if (name.startsWith(root) && end > 0) {
          tops.add(name.substring(root.length(), end));
        }
      }
      return tops;
    }

    ClassFolders divided(String train, String test) {
      for (String top : tops()) {
        String side = root + top + "/";
        if (!side.equals(train) && !side.equals(test)) {
          notice.accept("%s is passed over: %s and %s are used".formatted(side, train, test));
        }
      }
      SortedMap<String, List<String>> ofTrain = classes(train);
      SortedMap<String, List<String>> ofTest = classes(test);
      SortedSet<String> all = new TreeSet<>(ofTrain.keySet());
      all.addAll(ofTest.keySet());
      List<String> names = ClassNames.sorted(where, all);
      for (String name : names) {
        requirePictures(train, name, ofTrain);
        requirePictures(test, name, ofTest);
      }
      return new ClassFolders(names, root, true, items(names, ofTrain), items(names, ofTest));
    }

    ClassFolders together() {
      SortedMap<String, List<String>> classes = classes(root);
      List<String> names = ClassNames.sorted(where, classes.keySet());
      for (String name : names) {
        requirePictures(root, name, classes);
      }
      return new ClassFolders(names, root, false, items(names, classes), List.of());
    }

    /** Names of pictures by class; a class that is there but empty has none. */
    private SortedMap<String, List<String>> classes(String side) {
      SortedMap<String, List<String>> classes = new TreeMap<>(ClassNames.BY_CODE_POINT);
      for (String folder : folders) {
        if (folder.startsWith(side) && folder.indexOf('/', side.length()) < 0) {
          classes.put(ClassNames.of(folder.substring(side.length())), new ArrayList<>());
        }
      }
      List<String> loose = new ArrayList<>();
      for (String picture : pictures) {
        if (picture.startsWith(side)) {
          int end = picture.indexOf('/', side.length());
          if (end < 0) {
            loose.add(picture);
          } else {
            classes
                .computeIfAbsent(
                    ClassNames.of(picture.substring(side.length(), end)), key -> new ArrayList<>())
                .add(picture);
          }
        }
      }
      if (classes.size() < 2) {
        throw new DataException(
            where,
            classes.isEmpty()
                ? "%,d pictures such as %s lie in no class"
                    .formatted(loose.size(), loose.getFirst())
                : "there is one class only, \"%s\", expected two at least"
                    .formatted(classes.firstKey()),
            "Put the pictures of each class into a folder with its name");
      }
      if (!loose.isEmpty()) {
        notice.accept(
            loose.size() == 1
                ? "%s lies in no class and is passed over".formatted(loose.getFirst())
                : "%,d pictures lie in no class and are passed over, such as %s"
                    .formatted(loose.size(), loose.getFirst()));
      }
      return classes;
    }

    private void requirePictures(
        String side, String name, SortedMap<String, List<String>> classes) {
      if (!classes.containsKey(name)) {
        throw new DataException(
            where,
            "class \"%s\" is not in %s, but in the other part".formatted(name, side),
            "Each class needs pictures in both parts");
      }
      if (classes.getOrDefault(name, List.of()).isEmpty()) {
        throw new DataException(
            where,
            "class \"%s\" is empty: there is no picture in %s%s".formatted(name, side, name),
            "Put pictures into it, or remove the folder");
      }
    }

    private static List<Item> items(List<String> names, SortedMap<String, List<String>> classes) {
      List<Item> items = new ArrayList<>();
      for (int label = 0; label < names.size(); label++) {
        for (String picture :
            classes.getOrDefault(names.get(label), List.of()).stream()
                .sorted(ClassNames.BY_CODE_POINT)
                .toList()) {
          items.add(new Item(label, picture));
        }
      }
      return items;
    }
  }
}
