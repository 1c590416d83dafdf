package engram.bench.fuzz;

import engram.data.DataException;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.cifar.Cifar;
import engram.data.cifar.CifarForm;
import engram.data.folder.ImageFolder;
import engram.data.gtsrb.Gtsrb;
import engram.data.idx.Mnist;
import engram.data.idx.MnistForm;
import engram.data.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Readers of pictures and data sets. */
final class DataTargets {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  private final Path folder;

  DataTargets(Path folder) {
    this.folder = folder;
  }

  List<FuzzTarget> all() throws IOException {
    return List.of(
        picture("ppm", Corpus.ppm()),
        picture("png", Corpus.png()).repairedBy(Repairs::png),
        picture("jpeg", Corpus.jpeg()),
        idx("idx images", IMAGES, Corpus.idxImages()),
        idx("idx labels", LABELS, Corpus.idxLabels()),
        idx("idx gzip", IMAGES + ".gz", Corpus.gzip(Corpus.idxImages())),
        cifar("cifar tar", Corpus.cifarTar()).repairedBy(Repairs::tar),
        cifar("cifar tar.gz", Corpus.cifarTar()).repairedBy(Repairs::gzip),
        zip(),
        signs(),
        tracks(),
        cache());
  }

  private static FuzzTarget picture(String name, List<byte[]> corpus) {
    return FuzzTarget.of(
        name, corpus, DataException.class, input -> ImageFile.read("a." + name, input));
  }

  private FuzzTarget idx(String name, String file, List<byte[]> corpus) throws IOException {
    Place place = Place.of(folder.resolve(name), file);
    byte[] images = Corpus.idxImages().getFirst();
    byte[] labels = Corpus.idxLabels().getFirst();
    place.beside(IMAGES, images);
    place.beside(LABELS, labels);
    place.beside("t10k-images-idx3-ubyte", images);
    place.beside("t10k-labels-idx1-ubyte", labels);
    Files.delete(place.folder().resolve(file.replace(".gz", "")));
    return FuzzTarget.of(
            name,
            corpus,
            DataException.class,
            input -> {
              place.with(input);
              Mnist.at(place.folder(), MnistForm.MNIST).load();
            })
        .in(place.folder());
  }

  private FuzzTarget cifar(String name, List<byte[]> corpus) throws IOException {
    Place place = Place.of(folder.resolve(name), "cifar.tar.gz");
    return FuzzTarget.of(
            name,
            corpus,
            DataException.class,
            input -> Cifar.at(place.with(input), CifarForm.CIFAR10).load(1))
        .in(place.folder());
  }

  private FuzzTarget zip() throws IOException {
    Place place = Place.of(folder.resolve("zip"), "pictures.zip");
    return FuzzTarget.of(
            "zip",
            Corpus.zip(),
            DataException.class,
            input -> new ImageFolder(place.with(input), 2, false, 1).load(1, _ -> {}))
        .in(place.folder());
  }

  private FuzzTarget signs() throws IOException {
    Place place = Place.of(folder.resolve("signs"), "Train.csv");
    place.beside("Test.csv", Corpus.signs().getFirst());
    for (String name : Corpus.SIGNS) {
      place.beside(name, Corpus.ppm().getFirst());
    }
    return FuzzTarget.of(
            "csv of signs",
            Corpus.signs(),
            DataException.class,
            input -> {
              place.with(input);
              new Gtsrb(place.folder(), true, 2, false, _ -> {}).load(1);
            })
        .in(place.folder());
  }

  private FuzzTarget tracks() throws IOException {
    Place place = Place.of(folder.resolve("tracks"), "tracks.csv");
    for (String name : Corpus.PICTURES) {
      place.beside(name, Corpus.ppm().getFirst());
    }
    return FuzzTarget.of(
            "csv of tracks",
            Corpus.tracks(),
            DataException.class,
            input -> {
              place.with(input);
              new ImageFolder(place.folder(), 2, false, 1).load(1, _ -> {});
            })
        .in(place.folder());
  }

  private FuzzTarget cache() throws IOException {
    Place place = Place.of(folder.resolve("cache"), "set.images");
    ImageCache cache = new ImageCache(place.folder(), _ -> {});
    Dataset made = Corpus.dataset();
    cache.get("set", "key", () -> made);
    return FuzzTarget.of(
            "cache",
            List.of(Files.readAllBytes(place.file())),
            DataException.class,
            input -> {
              place.with(input);
              cache.get(
                  "set",
                  "key",
                  () -> {
                    throw new DataException("cache", "has to be made anew", "");
                  });
            })
        .in(place.folder());
  }
}
