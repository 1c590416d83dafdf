package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import engram.backend.Backend;
import engram.cl.result.Mistake;
import engram.cl.settings.Settings;
import engram.cl.strategy.Predictor;
import engram.cl.stream.Views;
import engram.cl.task.TaskSequence;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import engram.nn.Network;
import engram.nn.model.Models;
import engram.nn.train.Inference;
import engram.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluatorTest {
  private static final Dataset SIGNS = GeneratedSigns.generate(1, new GeneratedSigns.Size(1, 1), 2);

  /** Each image is asked on its own here, and its views one after the other. */
  @ParameterizedTest
  @EnumSource(Views.class)
  void theAnswerIsTheMeanOverTheViews(Views views) {
    Settings settings = Settings.of(Map.of("tasks", "1"), false);
    TaskSequence sequence = Experiment.tasks(settings, SIGNS, 1);
    ImageSet test = SIGNS.test();
    Shape image = Shape.shape(test.height(), test.width(), test.channels());
    try (Backend backend = Devices.open("vector", 1, line -> {})) {
      Network network = Network.create(Models.of("mlp 16 1", image, 43), backend, 1);
      List<Mistake> mistakes =
          new Evaluator(
                  new ForwardPass(settings.recipe().input(SIGNS.train()), new StopRequest()), views)
              .evaluate(Predictor.linear(network), sequence, 0)
              .mistakes();
      assertFalse(mistakes.isEmpty(), "an untrained network errs");
      Inference.Batch alone = new Inference(network).batch(1);
      for (Mistake mistake : mistakes) {
        float[] pixels = new float[image.elements()];
        settings
            .recipe()
            .input(SIGNS.train())
            .normalisation()
            .convert(test.pixels(), mistake.image() * pixels.length, pixels, 0, pixels.length);
        double[] sum = new double[43];
        float[] seen = pixels.clone();
        for (int view = 0; view < views.count(); view++) {
          if (view > 0) {
            views.move(view, pixels, 1, image, seen);
          }
          alone.inputs().write(seen);
          alone.run();
          float[] logits = alone.logits().read();
          for (int k = 0; k < sum.length; k++) {
            sum[k] += logits[k] / views.count();
          }
        }
        double margin = sum[mistake.predicted()] - sum[mistake.actual()];
        assertEquals(margin, mistake.margin(), 1e-5);
        for (double score : sum) {
          assertFalse(score > sum[mistake.predicted()] + 1e-5, "the largest is the answer");
        }
      }
    }
  }
}
