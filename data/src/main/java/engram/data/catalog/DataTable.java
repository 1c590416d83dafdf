package engram.data.catalog;

import engram.data.catalog.DataEntry.Trait;
import engram.data.cifar.Cifar;
import engram.data.cifar.CifarForm;
import engram.data.digits.GeneratedDigits;
import engram.data.fetch.Origin;
import engram.data.folder.ImageFolder;
import engram.data.gtsrb.Gtsrb;
import engram.data.idx.Mnist;
import engram.data.idx.MnistForm;
import engram.data.synthetic.GeneratedSigns;
import java.util.List;
import java.util.Optional;

/**
 * The table of data sets, of which the command line's help, its errors and the documentation are
 * made. One more data set is one more row.
 */
final class DataTable {
  private static final String CIFAR_TERMS =
      "Krizhevsky 2009, Learning multiple layers of features from tiny images; cite it";

  /** All of them. */
  static final List<DataEntry> ROWS =
      List.of(
          new DataEntry(
              "synthetic",
              "",
              "43 generated traffic signs, 3 x 32 x 32",
              "",
              Trait.PLAIN,
              Optional.empty(),
              (with, _) ->
                  with.cache()
                      .get(
                          "synthetic-%d-%d-%d"
                              .formatted(
                                  with.seed(), with.size().trainTracks(), with.size().testTracks()),
                          GeneratedSigns.key(with.seed(), with.size()),
                          () -> GeneratedSigns.generate(with.seed(), with.size(), with.threads()))),
          new DataEntry(
              "digits",
              "",
              "10 generated handwritten digits, 1 x 28 x 28",
              "",
              Trait.PLAIN,
              Optional.empty(),
              (with, _) ->
                  with.cache()
                      .get(
                          "digits-" + with.seed(),
                          GeneratedDigits.key(with.seed(), GeneratedDigits.Size.FULL),
                          () ->
                              GeneratedDigits.generate(
                                  with.seed(), GeneratedDigits.Size.FULL, with.threads()))),
          new DataEntry(
              "gtsrb",
              "PATH",
              "43 German traffic signs, photographs; a folder or zip",
              "Stallkamp et al. 2012, Man vs. computer; for research",
              Trait.PHOTOGRAPHED_SIGNS,
              Optional.of(Origin.GTSRB),
              (with, path) -> {
                DataOptions options = with.options();
                int side = options.side() == 0 ? Gtsrb.SIDE : options.side();
                return with.cached(
                    "gtsrb",
                    path,
                    new Gtsrb(
                        path,
                        options.cropToSign(),
                        side,
                        options.skipBad(),
                        with.cache().notices()),
                    (options.cropToSign() ? ", cropped" : "")
                        + (side == Gtsrb.SIDE ? "" : ", " + side)
                        + (options.skipBad() ? ", skip bad" : ""));
              }),
          new DataEntry(
              "folder",
              "PATH",
              "pictures of your own: a folder of PNG, JPEG or PPM files for each class; or a zip",
              "",
              Trait.PICTURE_FILES,
              Optional.empty(),
              (with, path) -> {
                int side = with.options().side();
                boolean skipBad = with.options().skipBad();
                return with.cached(
                    "folder",
                    path,
                    new ImageFolder(path, side, skipBad, with.seed())
                        .telling(with.cache().notices()),
                    ", " + side + (skipBad ? ", skip bad" : ""));
              }),
          mnist(
              MnistForm.MNIST,
              "10 handwritten digits, 1 x 28 x 28; folder of the four IDX files",
              "LeCun, Bottou, Bengio, Haffner 1998; CC BY-SA 3.0",
              Origin.MNIST),
          mnist(
              MnistForm.FASHION,
              "10 kinds of clothes, in MNIST's form",
              "Xiao, Rasul, Vollgraf 2017; MIT licence",
              Origin.FASHION_MNIST),
          mnist(
              MnistForm.KUZUSHIJI,
              "10 cursive Japanese letters, in MNIST's form",
              "Clanuwat et al. 2018; CC BY-SA 4.0",
              Origin.KMNIST),
          new DataEntry(
              "emnist",
              "PATH[/PART]",
              "letters and digits, in MNIST's form; PART: "
                  + String.join(", ", MnistForm.EMNIST_PARTS),
              "Cohen, Afshar, Tapson, van Schaik 2017; cite it",
              Trait.PLAIN,
              Optional.of(Origin.EMNIST),
              (_, path) -> Mnist.emnist(path).load()),
          cifar(
              CifarForm.CIFAR10,
              "10 kinds of animals and vehicles, 3 x 32 x 32; binary archive or its folder",
              Optional.of(Origin.CIFAR10)),
          cifar(
              CifarForm.CIFAR100,
              "100 kinds of things, in CIFAR-10's form",
              Optional.of(Origin.CIFAR100)),
          cifar(CifarForm.CIFAR100_COARSE, "the same pictures in 20 classes", Optional.empty()));

  private DataTable() {}

  private static DataEntry mnist(MnistForm form, String what, String terms, Origin origin) {
    return new DataEntry(
        form.name(),
        "PATH",
        what,
        terms,
        Trait.PLAIN,
        Optional.of(origin),
        (_, path) -> Mnist.at(path, form).load());
  }

  private static DataEntry cifar(CifarForm form, String what, Optional<Origin> origin) {
    return new DataEntry(
        form.name(),
        "PATH",
        what,
        CIFAR_TERMS,
        Trait.PLAIN,
        origin,
        (with, path) -> {
          Cifar cifar = Cifar.at(path, form);
          return cifar.isPacked()
              ? with.cached(form.name(), path, cifar, "")
              : cifar.load(with.threads());
        });
  }
}
