package engram.bench.step;

import engram.backend.Backend;
import engram.bench.measure.MeasuredStep;
import engram.bench.subject.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The first step of a new network with cross-entropy and Adam, on noise or on images of a data set.
 *
 * @param subject network and images for a number of classes; without a number those of the data
 */
record SampleStep(
    Function<Optional<Integer>, Subject> subject,
    Optional<Integer> classes,
    int batch,
    long seed,
    boolean fusion)
    implements StepSource {

  @Override
  public Glass look(Backend backend) {
    Subject of = subject.apply(classes);
    MeasuredStep step = new MeasuredStep(of.layers(), of.images(), batch, false, fusion);
    return Glass.of(
        of.toString(),
        List.of(
            "the first step of a new network, %d images, cross-entropy, Adam, seed %d"
                .formatted(batch, seed),
            backend.description()),
        step.training(backend, seed));
  }

  @Override
  public StepSource with(String what, String value) {
    return switch (what) {
      case "seed" -> new SampleStep(subject, classes, batch, Against.whole(what, value), fusion);
      case "classes" ->
          new SampleStep(
              subject, Optional.of((int) Against.whole(what, value)), batch, seed, fusion);
      default ->
          throw Against.cannot(
              what, "seed:N, classes:N, device:NAME and no-fusion; a strategy needs --strategies");
    };
  }
}
